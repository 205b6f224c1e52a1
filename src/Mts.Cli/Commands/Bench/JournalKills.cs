using System.Diagnostics;
using System.Globalization;
using Mts.Core.Feeds;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Commands.Bench;

/// <param name="Kills">How often the writer was killed.</param>
/// <param name="Acknowledged">Inputs that it had said were durable.</param>
/// <param name="Inputs">Inputs found.</param>
/// <param name="Cuts">Restarts that found an interrupted write and cut it off.</param>
/// <param name="Faults">What should not have been found; empty when all is well.</param>
internal sealed record KillReport(int Kills, long Acknowledged, long Inputs, int Cuts, IReadOnlyList<string> Faults);

/// <summary>Kills the writer of a journal at random moments and looks at what it leaves.</summary>
/// <param name="dataDir">An empty folder.</param>
/// <param name="start">Makes the writing process from its arguments.</param>
/// <param name="clock">Tells when to kill.</param>
internal sealed class JournalKills(string dataDir, Func<IReadOnlyList<string>, ProcessStartInfo> start, TimeProvider clock)
{
    private const int LongestLifeMs = 150;

    private readonly List<string> faults = [];
    private long acknowledged;
    private long inputs;
    private int cuts;

    public async Task<KillReport> RunAsync(int kills, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        for (var i = 1; i <= kills && faults.Count == 0; i++)
        {
            await KillAsync(random, cancellationToken);
            Look(i);
        }

        faults.AddRange(JournalCheck.Run(dataDir, cancellationToken).Findings.Select(f => $"{f.Segment}, byte {f.Offset}: {f.Detail}"));
        return new KillReport(kills, acknowledged, inputs, cuts, faults);
    }

    private async Task KillAsync(Random random, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start(["bench", "journal-writer", "--data-dir", dataDir]))!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        Hear(await process.StandardOutput.ReadLineAsync(cancellationToken));
        var killing = Task.Delay(TimeSpan.FromMilliseconds(random.Next(LongestLifeMs)), clock, cancellationToken).ContinueWith(_ => process.Kill(), cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line) Hear(line);
        await killing;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 137) faults.Add($"the writer ended with {process.ExitCode}: {await error}");
    }

    private void Hear(string? line)
    {
        switch (line?.Split(' '))
        {
            case ["durable", var number] when long.TryParse(number, CultureInfo.InvariantCulture, out var durable):
                acknowledged = Math.Max(acknowledged, durable);
                break;
            case ["recovered", _, "cut", var bytes]:
                if (bytes != "0") cuts++;
                break;
            default:
                faults.Add($"the writer said '{line}'");
                break;
        }
    }

    // From where the last look ended: every number once, with its own bytes, at least to what was acknowledged.
    private void Look(int kill)
    {
        Span<byte> expected = stackalloc byte[JournalWriterCommand.Bytes.Longest];
        try
        {
            using var reader = JournalReader.Open(FeedJournal.FolderOf(dataDir), inputs + 1);
            while (reader.TryRead(out var input, out var bytes))
            {
                inputs++;
                var length = JournalWriterCommand.Bytes.Fill(expected, inputs);
                if (reader.Sequence != inputs || input.Time.Micros != inputs || !bytes.SequenceEqual(expected[..length]))
                    faults.Add($"kill {kill}: {reader.Segment} has input {reader.Sequence} with other bytes where {inputs} should stand");
                if (faults.Count > 0) return;
            }
        }
        catch (StorageException damage)
        {
            faults.Add($"kill {kill}: {damage.Message}");
        }

        if (inputs < acknowledged) faults.Add($"kill {kill}: {acknowledged} were acknowledged, {inputs} are there");
    }
}
