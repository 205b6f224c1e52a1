using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Searches;

/// <summary>The ledger of trials: a file for each strategy and set of markets, a line for each batch and below it one of some sixty bytes for each trial, <c>["5f0c…",sharpe,objective]</c>.</summary>
/// <remarks>What a crash has left of a line is passed over by readers and cut away by the next writer. Several processes may write.</remarks>
internal sealed class TrialFiles(string folder, TimeProvider clock)
{
    public IEnumerable<NotedTrials> ReadAll() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(ReadFile)
        : [];

    public IEnumerable<NotedTrials> Read(TrialScope scope) => File.Exists(PathOf(scope)) ? ReadFile(PathOf(scope)) : [];

    /// <exception cref="StorageException">The file cannot be written.</exception>
    public void Append(TrialScope scope, TrialBatch batch, IReadOnlyList<TrialNote> trials)
    {
        var path = PathOf(scope);
        try
        {
            using var file = AppendedFile.Open(path, clock);
            file.Write(Lines(scope, batch, trials));
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be written: {failure.Message}", failure);
        }
    }

    private string PathOf(TrialScope scope)
    {
        var markets = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', scope.Series))))[..8];
        return Path.Combine(folder, $"{scope.Strategy}-{markets}.jsonl");
    }

    private ReadOnlySpan<byte> Lines(TrialScope scope, TrialBatch batch, IReadOnlyList<TrialNote> trials)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + (80 * trials.Count));
        TrialLines.WriteBatch(buffer, scope, batch, Timestamp.Now(clock));
        foreach (var trial in trials) TrialLines.Write(buffer, trial);
        return buffer.WrittenSpan;
    }

    private static IEnumerable<NotedTrials> ReadFile(string path)
    {
        NotedTrials? at = null;
        var trials = new List<TrialNote>();
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            if (TrialLines.ReadBatch(line) is { } next)
            {
                if (at is not null) yield return at with { Trials = trials };
                (at, trials) = (next, []);
            }
            else if (at is not null && TrialLines.Read(line, at.Batch) is { } trial)
            {
                trials.Add(trial);
            }
        }

        if (at is not null) yield return at with { Trials = trials };
    }
}
