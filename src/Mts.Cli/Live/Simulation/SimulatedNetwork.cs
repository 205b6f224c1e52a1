using System.Globalization;
using System.Text;
using Mts.Core.Feeds;
using Mts.Pipeline.Realtime;
using Mts.Simulator.Live;

namespace Mts.Cli.Live.Simulation;

/// <summary>
/// The network between one feed and its venue: everything takes a while, what is sent on one connection keeps its order, and nothing is
/// real. It turns what arrives into the feed's inputs.
/// </summary>
internal sealed class SimulatedNetwork : IFeedShell, IVenueSink
{
    private readonly Random random;
    private readonly Scenario scenario;
    private readonly PriorityQueue<Action, (Timestamp Due, long Order)> agenda = new();
    private readonly Dictionary<int, SimulatedConnection> byNumber = [];
    private readonly Dictionary<SimulatedConnection, Line> lines = [];
    private readonly Func<FetchRequest, string> pathOf;
    private Timestamp now;
    private long order;

    public SimulatedNetwork(Scenario scenario, int seed, Func<FetchRequest, string> pathOf)
    {
        (this.scenario, this.pathOf, random) = (scenario, pathOf, new Random(seed));
    }

    /// <summary>The venue at the other end.</summary>
    public SimulatedVenue Venue { get; set; } = null!;

    /// <summary>Until when what the venue's clock says of the age of a message may be wrong without anybody being able to know it.</summary>
    public Timestamp Misled { get; set; } = Timestamp.MinValue;

    /// <summary>Takes what arrives; the time in the input is still the true one.</summary>
    public FeedArrival Arrived { get; set; } = static (_, _, _, _, _) => { };

    public Timestamp? NextEvent
    {
        get
        {
            var own = agenda.TryPeek(out _, out var due) ? due.Due : (Timestamp?)null;
            return Venue.NextEvent is { } venue && (own is null || venue < own) ? venue : own;
        }
    }

    public void Advance(Timestamp until)
    {
        now = until;
        Venue.Advance(until);
        while (agenda.TryPeek(out _, out var due) && due.Due <= until) agenda.Dequeue()();
    }

    /// <summary>Our process is gone: all its connections are cut, nothing that was on its way arrives.</summary>
    public void Cut()
    {
        foreach (var (number, connection) in byNumber.ToList())
        {
            byNumber.Remove(number);
            Venue.Closed(connection, now);
        }

        lines.Clear();
        agenda.Clear();
    }

    public void Connect(int connection, string path) => Later(() =>
    {
        var reply = Venue.Open(path, "simulated", now);
        if (reply.Connection is { } opened)
        {
            byNumber[connection] = opened;
            lines[opened] = new Line(connection);
            Later(() => Arrived(FeedInputKind.Opened, connection, default, 0, now));
        }
        else
        {
            var wait = WaitOf(reply.Headers);
            Later(() => Arrived(FeedInputKind.Refused, connection, Encoding.UTF8.GetBytes($"status {reply.Status}"), wait, now));
        }
    });

    public void Send(int connection, ReadOnlySpan<byte> text)
    {
        var copy = text.ToArray();
        Later(() =>
        {
            if (byNumber.TryGetValue(connection, out var open)) Venue.Receive(open, copy, now);
        });
    }

    public void Close(int connection, string reason)
    {
        if (!byNumber.Remove(connection, out var open)) return;
        lines.Remove(open);
        Venue.Closed(open, now);
    }

    public void Fetch(int number, FetchRequest request) => Later(() =>
    {
        var reply = Venue.Get(pathOf(request), "simulated", now);
        if (reply.Status == 200) Later(() => Arrived(FeedInputKind.Fetched, number, reply.Body, request.Tag, now));
        else Later(() => Arrived(FeedInputKind.FetchFailed, number, Encoding.UTF8.GetBytes($"status {reply.Status}"), WaitOf(reply.Headers), now));
    });

    public void OnFrame(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload, Timestamp sent)
    {
        var copy = payload.ToArray();
        switch (kind)
        {
            case VenueFrame.Text or VenueFrame.Binary or VenueFrame.Slow:
                Deliver(connection, sent, kind == VenueFrame.Slow ? 1.5 : 0, line => Arrived(FeedInputKind.Frame, line.Number, copy, 0, now));
                break;
            case VenueFrame.Ping:
                Later(() =>
                {
                    if (lines.ContainsKey(connection)) Venue.ReceiveControl(connection, isPong: true, copy, now);
                });
                break;
            case VenueFrame.Close or VenueFrame.Cut or VenueFrame.Reset:
                Deliver(connection, sent, 0, line =>
                {
                    lines.Remove(connection);
                    byNumber.Remove(line.Number);
                    Arrived(FeedInputKind.Closed, line.Number, Encoding.UTF8.GetBytes(kind.ToString()), 0, now);
                });
                break;
        }
    }

    /// <summary>What is sent on one connection arrives in its order.</summary>
    private void Deliver(SimulatedConnection connection, Timestamp sent, double delay, Action<Line> arrive)
    {
        if (!lines.TryGetValue(connection, out var line)) lines[connection] = line = new Line(0);
        var due = sent + Trip() + TimeSpan.FromSeconds(delay);
        if (due < line.Free) due = line.Free;
        line.Free = due;
        At(due, () =>
        {
            if (lines.TryGetValue(connection, out var still) && still == line && line.Number > 0) arrive(line);
        });
    }

    private void Later(Action action) => At(now + Trip(), action);

    private void At(Timestamp due, Action action) => agenda.Enqueue(action, (due, ++order));

    private TimeSpan Trip() => scenario.Latency + (scenario.Wander * random.NextDouble() * random.NextDouble());

    private static long WaitOf(IReadOnlyList<(string Name, string Value)> headers) =>
        headers.Where(h => h.Name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase))
            .Select(h => long.TryParse(h.Value, CultureInfo.InvariantCulture, out var seconds) ? seconds * Timestamp.MicrosPerSecond : 0).FirstOrDefault();

    /// <param name="number">Our number of the connection; 0 until the venue has said yes.</param>
    private sealed class Line(int number)
    {
        public int Number => number;

        /// <summary>Nothing arrives before what was sent before it.</summary>
        public Timestamp Free { get; set; } = Timestamp.MinValue;
    }
}

/// <summary>Something arrived at our end.</summary>
internal delegate void FeedArrival(FeedInputKind kind, int number, ReadOnlyMemory<byte> bytes, long value, Timestamp now);
