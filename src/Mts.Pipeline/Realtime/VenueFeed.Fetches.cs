using Mts.Core.Books;
using Mts.Core.Feeds;
using Mts.Core.Market;
using Mts.Pipeline.Realtime.Streams;

namespace Mts.Pipeline.Realtime;

/// <content>What is fetched beside the streams: one at a time for each market and kind, spaced out, a few at once.</content>
public sealed partial class VenueFeed
{
    // A book is deepened before the market reaches the end of what its snapshot showed.
    private const int ComfortableLevels = 50;
    // An audit that decided nothing is soon tried again, but a venue that always answers with old books is asked ever more seldom.
    private static readonly TimeSpan AuditedAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deepening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Insisting = TimeSpan.FromSeconds(2);
    // One book that never comes holds up nothing else for ever.
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(int Instrument, FetchKind Kind), Errand> errands = [];
    private readonly Dictionary<int, Errand> underWay = [];
    private Timestamp nextDeep;
    private int fetches;

    private void OnFetched(int number, ReadOnlySpan<byte> body, Timestamp now)
    {
        if (IsProbe(number))
        {
            OnTime(number, body, now);
            return;
        }

        if (!underWay.Remove(number, out var errand)) return;
        errand.Number = null;
        desk.Begin(new FrameContext(errand.Epoch, now, IsFetched: true, errand.Levels, errand is { Kind: FetchKind.Snapshot, Purpose: ErrandPurpose.Check }));
        var verdict = Read(errand.Kind, errand.Instrument, body, now);
        if (verdict.Outcome == FrameOutcome.DeadLettered)
        {
            Failed(errand, now, TimeSpan.Zero);
            return;
        }

        // A book's tries count until it is good; what else is fetched is asked for again a little later, not ever later.
        if (errand.Kind != FetchKind.Snapshot) errand.Tries = 1;
        if (errand is { Kind: FetchKind.Trades, Purpose: ErrandPurpose.Check }) desk.AfterAudit(errand.Instrument, errand.AskedFromId);
        else if (errand is { Kind: FetchKind.Bars, Purpose: ErrandPurpose.Check }) desk.AfterBarCheck(errand.Instrument);
        else desk.AfterFetch(errand.Instrument, errand.Kind, errand.AskedFromId, errand.AskedFrom);
    }

    private FrameVerdict Read(FetchKind kind, int instrument, ReadOnlySpan<byte> body, Timestamp received)
    {
        var verdict = venue.ReadBody(kind, body, instrument, received, instruments, desk);
        desk.Settle(verdict);
        if (verdict.Outcome == FrameOutcome.DeadLettered) Bury(null, verdict, body, received);
        return verdict;
    }

    private void OnFetchFailed(int number, long waitMicros, Timestamp now)
    {
        if (IsProbe(number))
        {
            OnNoTime(number, TimeSpan.FromMicroseconds(waitMicros), now);
            return;
        }

        if (!underWay.Remove(number, out var errand)) return;
        errand.Number = null;
        Failed(errand, now, TimeSpan.FromMicroseconds(waitMicros));
    }

    private void Failed(Errand errand, Timestamp now, TimeSpan atLeast)
    {
        if (errand.Purpose != ErrandPurpose.Repair)
        {
            // Whoever only wanted to look looks again at his own time.
            if (errand.Kind == FetchKind.Snapshot) desk.Market(errand.Instrument).Book.CancelAudit();
        }
        else if (errand.Kind == FetchKind.Snapshot || errand.Tries < 5)
        {
            errand.Want(ErrandPurpose.Repair, now + Longer(Spacing(errand.Tries), atLeast));
        }
        else
        {
            desk.GiveUp(errand.Instrument, errand.Kind, now);
        }
    }

    /// <summary>Turns the desk's wishes into fetches, or into new subscriptions where the stream brings the book.</summary>
    private void TakeWishes(Timestamp now)
    {
        foreach (var wish in desk.Wishes)
        {
            var errand = ErrandOf(wish.Instrument, wish.Kind);
            (errand.FromId, errand.From) = (wish.FromId, wish.From);
            errand.PatientUntil = wish.IsPatient ? now + MostPatience : Timestamp.MinValue;
            errand.Want(ErrandPurpose.Repair, errand.Tries == 0 ? now : Timestamp.Later(now, errand.Asked + Spacing(errand.Tries)));
        }

        desk.Wishes.Clear();
    }

    private void RunErrands(Timestamp now)
    {
        foreach (var errand in errands.Values)
        {
            var isOfBook = errand.Kind == FetchKind.Snapshot;
            if (isOfBook && errand.Tries > 0 && errand.Due is null && desk.Market(errand.Instrument).Book.State is BookState.Valid or BookState.Empty) errand.Tries = 0;
            if (errand.Due is not { } due || due > now || errand.Number is not null) continue;
            if (errand.PatientUntil > now && desk.Markets.Any(static m => m.Book.State is BookState.Syncing or BookState.Invalid)) continue;
            if (isOfBook && !venue.Sequencer.NeedsSnapshot && errand.Purpose == ErrandPurpose.Repair) Resubscribe(new StreamRef(errand.Instrument, Channel.Depth), now);
            else if (underWay.Count >= options.Fetches) break;
            else Fetch(errand);
            errand.Done(now);
        }
    }

    private void Fetch(Errand errand)
    {
        errand.Levels = errand.Kind == FetchKind.Snapshot ? LevelsFor(errand) : 0;
        errand.Epoch = SlotOf(new StreamRef(errand.Instrument, Channel.Depth))?.Current?.Epoch ?? 0;
        (errand.AskedFromId, errand.AskedFrom) = (errand.FromId, errand.From);
        errand.Number = ++fetches;
        underWay.Add(fetches, errand);
        shell.Fetch(fetches, new FetchRequest(errand.Kind, instruments[errand.Instrument], errand.Levels, errand.FromId, errand.From) { Instrument = errand.Instrument });
    }

    private int LevelsFor(Errand errand) =>
        errand.Purpose == ErrandPurpose.Audit || desk.Market(errand.Instrument).Book.IsTooShallow ? options.Levels : options.FirstLevels;

    /// <summary>Asks again for a book that is still not there: an answer, or the subscription's own snapshot, may have been lost.</summary>
    private void Insist(FollowedMarket market, Timestamp now)
    {
        var errand = ErrandOf(market.Number, FetchKind.Snapshot);
        if (market.Book.State is not (BookState.Invalid or BookState.Syncing) || errand.IsOnItsWay) return;
        // A snapshot that waits for the first change of a quiet market is as good as the next one.
        if (market.Book is { State: BookState.Syncing, Id: not null }) return;
        if (market.Account(Channel.Depth).Received == 0 || now - market.Book.Since < Insisting || now - errand.Asked < Longer(Insisting, Spacing(errand.Tries))) return;
        errand.Want(ErrandPurpose.Repair, now);
    }

    /// <summary>Compares a book with a fetched one, and deepens it where it was begun with few levels.</summary>
    private void AuditDue(FollowedMarket market, Timestamp now)
    {
        if (options.AuditEvery == TimeSpan.Zero || market.Book.State != BookState.Valid) return;
        var errand = ErrandOf(market.Number, FetchKind.Snapshot);
        if (errand.IsOnItsWay || market.Book.IsBeingAudited) return;
        var isShallow = IsShallow(market);
        if (isShallow && market.NextAudit is { } late && late > now + Deepening) market.NextAudit = null;
        market.NextAudit ??= now + (isShallow ? Deepening * jitter.NextDouble() : options.AuditEvery * (0.5 + jitter.NextDouble()));
        if (market.Book.UndecidedAudits is > 0 and var times)
        {
            var again = AuditedAgain * Math.Pow(2, Math.Min(times, 12) - 1);
            market.NextAudit = Timestamp.Earlier(market.NextAudit.Value, market.LastAudit + (again < options.AuditEvery ? again : options.AuditEvery));
        }

        if (now < market.NextAudit || (now < nextDeep && market.Book.IsKnownTo(ComfortableLevels))) return;
        market.NextAudit = null;
        if (!market.Book.TryBeginAudit()) return;
        market.LastAudit = now;
        nextDeep = now + options.DeepEvery;
        market.IsDeep = true;
        errand.Want(ErrandPurpose.Audit, now);
    }

    /// <summary>Whether the book was begun with few levels, and is to be fetched deeper.</summary>
    private bool IsShallow(FollowedMarket market) =>
        venue.Sequencer.NeedsSnapshot && options.FirstLevels < options.Levels
        && (market.Book.KnownBidFloor is not null || market.Book.KnownAskCeiling is not null)
        && (!market.IsDeep || !market.Book.IsKnownTo(ComfortableLevels));

    /// <summary>Asks the venue whether its book is still what a silent stream has shown.</summary>
    private void Check(FollowedMarket market, bool isOfQuotes, Timestamp now)
    {
        market.AreQuotesAsked |= isOfQuotes;
        var errand = ErrandOf(market.Number, FetchKind.Snapshot);
        if (errand.IsOnItsWay) return;
        errand.Want(ErrandPurpose.Check, now);
    }

    /// <summary>Asks the venue for the bars that a silent stream has not brought.</summary>
    private void CheckBars(FollowedMarket market, Timestamp now)
    {
        var errand = ErrandOf(market.Number, FetchKind.Bars);
        if (errand.IsOnItsWay) return;
        (errand.FromId, errand.From) = (null, market.Bars.LastOpen + BarStream.Length ?? now - (5 * BarStream.Length));
        errand.Want(ErrandPurpose.Check, now);
    }

    /// <summary>Where ids do not show a missing trade, the venue's newest ones are looked through now and then.</summary>
    private void AuditTradesDue(FollowedMarket market, Timestamp now)
    {
        if (venue.CountsTrades || options.AuditEvery == TimeSpan.Zero || market.Pulses[(int)Channel.Trade].Beats < 2) return;
        market.NextTradeAudit ??= now + (options.AuditEvery * (0.5 + jitter.NextDouble()));
        if (now < market.NextTradeAudit) return;
        market.NextTradeAudit = null;
        CheckTrades(market.Number, now);
    }

    /// <summary>Asks the venue whether there were trades that a silent stream did not bring.</summary>
    private void CheckTrades(int instrument, Timestamp now)
    {
        var errand = ErrandOf(instrument, FetchKind.Trades);
        if (errand.IsOnItsWay) return;
        (errand.FromId, errand.From) = (desk.Market(instrument).Trades.AuditFrom, null);
        errand.Want(ErrandPurpose.Check, now);
    }

    private Errand ErrandOf(int instrument, FetchKind kind)
    {
        if (!errands.TryGetValue((instrument, kind), out var errand)) errands[(instrument, kind)] = errand = new Errand(instrument, kind);
        return errand;
    }

    private TimeSpan Spacing(int tries) =>
        TimeSpan.FromSeconds(Math.Min(options.MaxSnapshotSpacing.TotalSeconds, options.SnapshotSpacing.TotalSeconds * Math.Pow(2, Math.Min(tries, 10) - 1)));

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
