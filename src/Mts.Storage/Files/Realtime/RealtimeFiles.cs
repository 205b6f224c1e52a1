using System.Text;
using Mts.Core;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Realtime;

/// <summary>
/// Live rows as files that anybody can read: CSV per market, kind and UTC day, JSON lines for the ledgers. The present day is under
/// <c>realtime</c>, finished days are moved to <c>raw</c>. For one thread.
/// </summary>
/// <param name="dataDir">The data folder.</param>
/// <param name="clock">Tells the present day.</param>
public sealed class RealtimeFiles(string dataDir, TimeProvider clock) : IRealtimeSink, IDisposable
{
    private readonly RealtimePaths paths = new(dataDir);
    private readonly OpenFiles open = new();
    private readonly Dictionary<(string, string, MarketKind, Symbol?, Channel?, int), AccountRow> accounts = [];
    private DateOnly finished;

    public string Name => "files";

    public void WriteRealtime(RealtimeBatch batch) => Guarded(() =>
    {
        var today = Timestamp.Now(clock).Date;
        if (today != finished) Finish(today);
        var written = new List<AppendFile>();
        foreach (var (path, header, lines) in Render(batch, today).Files) Append(path, header + "\n", lines.Span, written);
        if (batch.Gaps.Count > 0) Append(paths.Gaps, "", LedgerFiles.Lines(batch.Gaps, LedgerJson.Write), written);
        if (batch.DeadLetters.Count > 0) Append(paths.DeadLetters, "", LedgerFiles.Lines(batch.DeadLetters, LedgerJson.Write), written);
        if (batch.Accounts.Count > 0) WriteAccounts(batch.Accounts);
        foreach (var file in written) file.Commit();
        open.CloseUnused();
    });

    public int TrimRealtime(RealtimeKind kind, RetentionRule rule, Timestamp now, int most)
    {
        var deleted = 0;
        Guarded(() => deleted = kind switch
        {
            RealtimeKind.Gaps => TrimLedger(paths.Gaps, "start", rule, now),
            RealtimeKind.DeadLetters => TrimLedger(paths.DeadLetters, "received", rule, now),
            RealtimeKind.Accounts => 0,
            _ => TrimDays(kind, rule, now),
        });
        return deleted;
    }

    public void Dispose() => open.Dispose();

    private RealtimeLines Render(RealtimeBatch batch, DateOnly today)
    {
        var lines = new RealtimeLines(paths, today);
        foreach (var row in batch.Books) lines.Add(row);
        foreach (var row in batch.Spreads) lines.Add(row);
        foreach (var row in batch.Funding) lines.Add(row);
        foreach (var row in batch.Bars) lines.Add(row);
        foreach (var row in batch.CrossSpreads) lines.Add(row);
        foreach (var row in batch.Opportunities) lines.Add(row);
        return lines;
    }

    private void Append(string path, string header, ReadOnlySpan<byte> lines, List<AppendFile> written)
    {
        var file = open.Get(path, header.Length > 1 ? Encoding.UTF8.GetBytes(header) : []);
        file.Append(lines);
        written.Add(file);
    }

    private void WriteAccounts(IReadOnlyList<AccountRow> rows)
    {
        // Of one session: the document says how it stands, the table how all stood.
        if (accounts.Values.FirstOrDefault() is { } known && known.Session != rows[^1].Session) accounts.Clear();
        foreach (var row in rows) accounts[(row.Session, row.Venue, row.Market, row.Symbol, row.Channel, row.Connection)] = row;
        LedgerFiles.WriteAccounts(paths.Accounts, accounts.Values);
    }

    /// <summary>Moves the files of earlier days to where finished days are.</summary>
    private void Finish(DateOnly today)
    {
        foreach (var kind in (RealtimeKind[])[RealtimeKind.Books, RealtimeKind.Spreads, RealtimeKind.CrossSpreads, RealtimeKind.Opportunities, RealtimeKind.Funding])
        {
            foreach (var (path, day) in paths.FilesOf(kind).ToList())
            {
                // A day that began to be finished and was written again goes on where it is.
                if (day >= today || paths.IsFinished(path) || File.Exists(paths.Finished(path))) continue;
                open.Close(path);
                AppendFile.Open(path, []).Dispose();
                Directory.CreateDirectory(Path.GetDirectoryName(paths.Finished(path))!);
                File.Move(path, paths.Finished(path));
            }
        }

        finished = today;
    }

    private int TrimLedger(string path, string timeOf, RetentionRule rule, Timestamp now)
    {
        open.Close(path);
        return LedgerFiles.Trim(path, timeOf, now - rule.Age, rule.Bytes);
    }

    private int TrimDays(RealtimeKind kind, RetentionRule rule, Timestamp now)
    {
        var deleted = 0;
        var size = 0L;
        foreach (var (path, day) in paths.FilesOf(kind).OrderByDescending(f => f.Day).ThenBy(f => f.Path, StringComparer.Ordinal))
        {
            size += new FileInfo(path).Length;
            var isOld = now - rule.Age is { } before && Timestamp.FromDate(day.AddDays(1)) <= before;
            if (!isOld && !(size > rule.Bytes && day < now.Date)) continue;
            open.Close(path);
            File.Delete(path);
            deleted++;
        }

        return deleted;
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{paths.Realtime} cannot be written: {e.Message.TrimEnd('.')}. Free space or mend the permissions; writing is tried again.", e);
        }
    }
}
