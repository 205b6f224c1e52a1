using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Core.Quality;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data resample</c>: makes longer bars of stored ones, from complete buckets only.</summary>
internal static class DataResampleCommand
{
    public static Command Create(CliHost host)
    {
        var symbol = new Option<string>("--symbol") { Description = "Asset or market.", HelpName = "NAME", Required = true };
        var venue = new Option<string?>("--venue") { Description = "Whose series; the first of sources.order that has it unless given.", HelpName = "NAME" };
        var from = new Option<string>("--from") { Description = "Length of the stored bars.", HelpName = "1m…1w", Required = true };
        var to = Flags.BarLength("Length of the bars to make.");
        to.Required = true;
        var command = new Command("resample", "Makes longer bars of stored ones; gaps stay gaps.") { symbol, venue, from, to };
        return command.Runs(host, (session, arguments) =>
        {
            var (source, target) = (Interval.Parse(arguments.GetRequiredValue(from)), arguments.GetValue(to)!.Value);
            using var store = session.OpenWriter("data resample");
            var key = SeriesChoice.One(store, session, arguments.GetRequiredValue(symbol), arguments.GetValue(venue), source);
            var (series, incomplete) = Resampler.Resample(store.ReadBars(key, Timestamp.MinValue, Timestamp.MaxValue), target);
            var bars = Enumerable.Range(0, series.Length).Select(i => series[i]).ToArray();
            var counts = store.WriteBars(series.Key, series.HasVolume, bars, ProvenanceOf(store, key, session.Clock));
            session.Metrics.Add("bars", bars.Length);
            session.Output.Line($"{key} → {series.Key}: {Figures.Count(counts.Inserted)} new, {Figures.Count(counts.Unchanged)} unchanged, {Figures.Count(counts.Revised)} revised; " +
                $"{Figures.Count(incomplete)} incomplete buckets left out.");
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                JsonParts.WriteSeries(w, series.Key);
                w.WriteString("from", source.ToString());
                w.WriteNumber("inserted", counts.Inserted);
                w.WriteNumber("unchanged", counts.Unchanged);
                w.WriteNumber("revised", counts.Revised);
                w.WriteNumber("incomplete_buckets", incomplete);
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }

    // The hash of the segments that the bars were made of.
    private static Provenance ProvenanceOf(IBarStore store, SeriesKey key, TimeProvider clock)
    {
        var hashes = string.Join('\n', store.ListSegments(key).Select(s => s.RowsHash));
        return new Provenance("resampled", Timestamp.Now(clock), $"from {key}", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashes))));
    }
}
