using Mts.Core;

namespace Mts.Storage.Files.Journal;

/// <summary>Something in a journal that is not as it was written.</summary>
/// <param name="Segment">File name.</param>
/// <param name="Offset">Where in it.</param>
/// <param name="Sequence">The input that is damaged, or the first that is missing.</param>
/// <param name="Detail">What is wrong.</param>
public sealed record JournalFinding(string Segment, long Offset, long Sequence, string Detail);

/// <summary>What a check of all segments found.</summary>
/// <param name="Segments">Files read.</param>
/// <param name="Inputs">Whole inputs.</param>
/// <param name="Bytes">Their files' size.</param>
/// <param name="UnfinishedBytes">At the end of the newest segment, being written or left by an interrupted write; no fault.</param>
/// <param name="Findings">Empty for a sound journal.</param>
public sealed record JournalCheck(int Segments, long Inputs, long Bytes, long UnfinishedBytes, IReadOnlyList<JournalFinding> Findings)
{
    /// <summary>Reads every input again; of a segment only the first damage is told, for behind it the records cannot be told apart.</summary>
    /// <param name="dataDir">The data folder; one without a journal is sound.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="StorageException">A file cannot be read.</exception>
    public static JournalCheck Run(string dataDir, CancellationToken cancellationToken)
    {
        var folder = FeedJournal.FolderOf(dataDir);
        if (!Directory.Exists(folder)) return new JournalCheck(0, 0, 0, 0, []);
        try
        {
            var walk = new Walk(JournalFolder.ReadWatermark(folder));
            var segments = JournalFolder.Segments(folder);
            for (var i = 0; i < segments.Count; i++) walk.Read(segments[i], isNewest: i == segments.Count - 1, cancellationToken);
            return walk.Result(segments);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{folder} cannot be read: {failure.Message}", failure);
        }
    }

    private sealed class Walk(long? durable)
    {
        private readonly List<JournalFinding> findings = [];
        private long? expected;
        private long inputs;
        private long bytes;
        private long unfinished;

        public void Read(JournalSegment segment, bool isNewest, CancellationToken cancellationToken)
        {
            using var reader = new SegmentReader(segment);
            bytes += reader.FileLength;
            if (segment.ReadHead() is not { } head)
            {
                if (isNewest && JournalFolder.IsUnbegun(segment, expected ?? 1, durable)) unfinished = reader.FileLength;
                else findings.Add(new(segment.Name, 0, expected ?? 0, "the head of the segment is damaged."));
                expected = null;
                return;
            }

            if (expected is { } next && next != head.First) findings.Add(new(segment.Name, 0, next, $"begins with input {head.First}: {head.First - next} inputs are missing."));
            expected = ReadRecords(reader, head.First, isNewest, cancellationToken);
        }

        public JournalCheck Result(List<JournalSegment> segments)
        {
            if (segments.Count > 0 && expected is { } next && next <= durable)
                findings.Add(new(segments[^1].Name, 0, next, $"the journal ends before input {next}, though all up to {durable} were acknowledged."));
            return new JournalCheck(segments.Count, inputs, bytes, unfinished, findings);
        }

        // Returns the number that the next segment must begin with; null where that is not known.
        private long? ReadRecords(SegmentReader reader, long next, bool isNewest, CancellationToken cancellationToken)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var offset = reader.Offset;
                var state = reader.Read(out var sequence, out _, out _);
                if (state == SegmentRead.Record && sequence == next)
                {
                    (inputs, next) = (inputs + 1, next + 1);
                    continue;
                }

                if (state == SegmentRead.End) return next;
                var isUnfinished = isNewest && state != SegmentRead.Record && !(next <= durable) && !(reader.Behind(next)?.Durable >= next);
                if (isUnfinished)
                {
                    unfinished = reader.FileLength - offset;
                    return next;
                }

                var what = state == SegmentRead.Record ? $"input {sequence} stands where {next} should." : $"input {next} is not as it was written.";
                findings.Add(new(reader.Segment.Name, offset, next, what));
                return null;
            }
        }
    }
}
