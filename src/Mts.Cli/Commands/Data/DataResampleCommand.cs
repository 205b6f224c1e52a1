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
            var (missing, equal, other) = Compare(store, series);
            if (missing.Length > 0) store.WriteBars(series.Key, series.HasVolume, missing, ProvenanceOf(store, key, session.Clock));
            session.MirrorAsCsv(store);
            session.Metrics.Add("bars", missing.Length);
            session.Output.Line($"{key} → {series.Key}: {Figures.Count(missing.Length)} new, {Figures.Count(equal)} stored already, {Figures.Count(incomplete)} incomplete buckets left out.");
            if (other > 0) session.Output.Note($"warning: {other} stored {target} bars have other values than those made of {source} bars; the stored ones stay.");
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                JsonParts.WriteSeries(w, series.Key);
                w.WriteString("from", source.ToString());
                w.WriteNumber("inserted", missing.Length);
                w.WriteNumber("unchanged", equal);
                w.WriteNumber("different", other);
                w.WriteNumber("incomplete_buckets", incomplete);
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }

    // What a source said itself goes before what was made of its shorter bars.
    private static (Bar[] Missing, int Equal, int Other) Compare(IBarStore store, BarSeries made)
    {
        var stored = store.ReadBars(made.Key, Timestamp.MinValue, Timestamp.MaxValue);
        var missing = new List<Bar>();
        var (equal, other) = (0, 0);
        for (var i = 0; i < made.Length; i++)
        {
            var at = stored.LowerBound(new Timestamp(made.OpenTimes[i]));
            if (at == stored.Length || stored.OpenTimes[at] != made.OpenTimes[i]) missing.Add(made[i]);
            else if (stored[at].SameValues(made[i])) equal++;
            else other++;
        }

        return ([.. missing], equal, other);
    }

    // The hash of the segments that the bars were made of.
    private static Provenance ProvenanceOf(IBarStore store, SeriesKey key, TimeProvider clock)
    {
        var hashes = string.Join('\n', store.ListSegments(key).Select(s => s.RowsHash));
        return new Provenance("resampled", Timestamp.Now(clock), $"from {key}", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashes))));
    }
}
