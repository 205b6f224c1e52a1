using Mts.Core.Quality;

namespace Mts.Storage.Files.Import.Text;

/// <summary>Counts what happens to rows before they are values.</summary>
internal sealed class RowTally
{
    private readonly SortedDictionary<string, int> rejected = new(StringComparer.Ordinal);
    private readonly List<RejectedRow> sample = [];
    private readonly List<string> dialects = [];
    private readonly List<ImportedFile> files = [];
    private readonly int[] units = new int[(int)TimeUnit.Text + 1];

    public int RowsRead { get; set; }

    public int DateDisagreements { get; set; }

    public bool IsTruncated { get; set; }

    public IReadOnlyDictionary<string, int> Rejected => rejected;

    public IReadOnlyList<RejectedRow> Sample => sample;

    public IReadOnlyList<string> Dialects => dialects;

    public IReadOnlyList<ImportedFile> Files => files;

    public bool SampleIsFull => sample.Count >= ImportReport.SampleSize;

    public IReadOnlyDictionary<string, int> TimeUnits
    {
        get
        {
            var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
            for (var unit = 0; unit < units.Length; unit++)
            {
                if (units[unit] > 0) counts.Add(Utf8Time.Name((TimeUnit)unit), units[unit]);
            }

            return counts;
        }
    }

    public void Count(TimeUnit unit, int rows = 1) => units[(int)unit] += rows;

    public void Reject(string file, int line, string reason, string text)
    {
        Reject(reason);
        if (!SampleIsFull) sample.Add(new RejectedRow(file, line, reason, text));
    }

    public void Reject(string reason) => rejected[reason] = rejected.GetValueOrDefault(reason) + 1;

    public void AddSample(RejectedRow row) => sample.Add(row);

    public void Met(string dialect)
    {
        if (!dialects.Contains(dialect)) dialects.Add(dialect);
    }

    public void Read(ImportedFile file) => files.Add(file);
}
