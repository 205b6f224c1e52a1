using System.Text.Json;
using Mts.Cli.Output;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Commands.Data;

/// <summary>The journals of a data folder, each record read again: the raw one of the feeds, and that of every paper session.</summary>
internal sealed class JournalsVerification
{
    private readonly string root;
    private readonly List<JournalVerdict> journals = [];

    private JournalsVerification(string dataDir) => root = dataDir;

    public IReadOnlyList<JournalVerdict> Journals => journals;

    public bool IsSound => journals.TrueForAll(j => j.Damage.Count == 0);

    /// <exception cref="StorageException">A file cannot be read.</exception>
    public static JournalsVerification Run(string dataDir, CancellationToken cancellationToken)
    {
        var found = new JournalsVerification(dataDir);
        if (JournalCheck.Run(dataDir, cancellationToken) is { Segments: > 0 } check) found.Add(check);
        foreach (var path in SessionJournals(dataDir)) found.Add(path, cancellationToken);
        return found;
    }

    public void Show(ResultOutput output)
    {
        if (journals.Count == 0) return;
        var grid = new Grid("journal", ">records", ">bytes", ">findings");
        foreach (var j in journals) grid.Add(j.Path, Figures.Count(j.Records), Figures.Count(j.Bytes), Figures.Count(j.Damage.Count));
        output.Table(grid);
        foreach (var damage in journals.SelectMany(j => j.Damage)) output.Line($"{damage.File}, byte {Figures.Count(damage.Offset)}: {damage.Detail}");
    }

    public void Write(Utf8JsonWriter w)
    {
        w.WriteStartArray("journals");
        foreach (var journal in journals)
        {
            w.WriteStartObject();
            w.WriteString("journal", journal.Path);
            w.WriteNumber("records", journal.Records);
            w.WriteNumber("bytes", journal.Bytes);
            w.WriteNumber("unfinished_bytes", journal.UnfinishedBytes);
            w.WriteStartArray("findings");
            foreach (var damage in journal.Damage)
            {
                w.WriteStartObject();
                w.WriteString("file", damage.File);
                w.WriteNumber("offset", damage.Offset);
                w.WriteNumber("record", damage.Record);
                w.WriteString("detail", damage.Detail);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static IEnumerable<string> SessionJournals(string dataDir)
    {
        var folder = Path.Combine(dataDir, "paper");
        return !Directory.Exists(folder) ? [] : Directory.EnumerateDirectories(folder).Select(d => Path.Combine(d, "journal")).Where(File.Exists).Order(StringComparer.Ordinal);
    }

    private void Add(JournalCheck check)
    {
        var folder = FeedJournal.FolderOf(root);
        journals.Add(new JournalVerdict(
            Path.GetRelativePath(root, folder), check.Inputs, check.Bytes, check.UnfinishedBytes,
            [.. check.Findings.Select(f => new JournalDamage(Path.GetRelativePath(root, Path.Combine(folder, f.Segment)), f.Offset, f.Sequence, f.Detail))]));
    }

    private void Add(string path, CancellationToken cancellationToken)
    {
        using var reader = new SessionJournalReader(path);
        var (name, damage) = (Path.GetRelativePath(root, path), new List<JournalDamage>());
        try
        {
            foreach (var _ in reader.Read()) cancellationToken.ThrowIfCancellationRequested();
        }
        catch (JournalDamageException broken)
        {
            damage.Add(new JournalDamage(name, broken.Offset, broken.Number, broken.Message));
        }

        journals.Add(new JournalVerdict(name, reader.Records, reader.Length, reader.TornBytes, damage));
    }
}

/// <param name="Path">Below the data folder.</param>
/// <param name="Records">Whole ones.</param>
/// <param name="Bytes">Of the files.</param>
/// <param name="UnfinishedBytes">At the end, being written or left by an interrupted write; no fault.</param>
/// <param name="Damage">Empty for a sound journal.</param>
internal sealed record JournalVerdict(string Path, long Records, long Bytes, long UnfinishedBytes, IReadOnlyList<JournalDamage> Damage);

/// <param name="File">Below the data folder.</param>
/// <param name="Offset">Where in it.</param>
/// <param name="Record">Its number in the journal.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record JournalDamage(string File, long Offset, long Record, string Detail);
