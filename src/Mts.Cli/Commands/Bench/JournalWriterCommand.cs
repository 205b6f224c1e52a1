using System.Buffers.Binary;
using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Core.Feeds;
using Mts.Storage.Files.Journal;

namespace Mts.Cli.Commands.Bench;

/// <summary><c>mts bench journal-writer</c>: appends without end to the journal of a data folder and says what is durable, until it is killed.</summary>
internal static class JournalWriterCommand
{
    private const int BetweenLooks = 200;
    private const int MaxUnsynced = 20_000;

    public static Command Create(CliHost host) => new Command("journal-writer", "Appends until it is killed.") { Hidden = true }.Runs(host, (session, _, cancellationToken) =>
    {
        // Small segments, so that kills also fall into the change from one to the next.
        using var journal = FeedJournal.Open(session.DataDirectory, new JournalOptions { SegmentBytes = 4 * 1_024 * 1_024, SyncInterval = TimeSpan.FromMilliseconds(5) }, session.Clock);
        Say(host, journal.Recovery.Damage is { } damage ? $"damage {damage}" : $"recovered {journal.Recovery.LastSequence} cut {journal.Recovery.CutBytes}");
        var bytes = new byte[Bytes.Longest];
        for (var told = 0L; !cancellationToken.IsCancellationRequested;)
        {
            for (var i = 0; i < BetweenLooks; i++)
            {
                var sequence = journal.Appended + 1;
                journal.Append(new FeedInput(0, FeedInputKind.Frame, 1, new Timestamp(sequence)), bytes.AsSpan(0, Bytes.Fill(bytes, sequence)));
            }

            if (journal.Appended - journal.Durable > MaxUnsynced) journal.Flush();
            if (journal.Durable == told) continue;
            told = journal.Durable;
            Say(host, $"durable {told}");
        }

        return Task.FromResult(ExitCode.Done);
    });

    private static void Say(CliHost host, string line)
    {
        host.Out.WriteLine(line);
        host.Out.Flush();
    }

    /// <summary>The bytes of an input follow from its number.</summary>
    internal static class Bytes
    {
        public const int Longest = 1_000;

        public static int Fill(Span<byte> bytes, long sequence)
        {
            var length = 8 + (int)(sequence * 7_919 % (Longest - 8));
            BinaryPrimitives.WriteInt64LittleEndian(bytes, sequence);
            for (var i = 8; i < length; i++) bytes[i] = (byte)(sequence + i);
            return length;
        }
    }
}
