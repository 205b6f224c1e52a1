using System.Text;
using System.Text.Json;
using Mts.Core.Market;
using Mts.Simulator;
using Mts.Simulator.Faults;
using Mts.Simulator.Live;
using Mts.Simulator.Model;

namespace Mts.UnitTests.Simulator.Live;

/// <summary>One simulated venue and all that it sent.</summary>
internal sealed class Listening : IVenueSink
{
    public static readonly Timestamp Start = Timestamp.Parse("2026-11-22T13:37:42.5Z");

    /// <summary>For sessions so long that a client who never answers pings would be cut.</summary>
    public static readonly LiveOptions Patient = new() { Levels = 300, Pings = (TimeSpan.FromDays(1), TimeSpan.FromDays(1)) };

    private readonly List<(int Connection, VenueFrame Kind, string Text, Timestamp Sent)> frames = [];

    public Listening(Venue venue, string faults = "", LiveOptions? live = null, ulong seed = 7)
    {
        Venue = new SimulatedVenue(venue, new SimulatorOptions { Seed = seed, Limits = RateLimits.None, Faults = FaultPlan.Parse(faults), Live = live ?? new LiveOptions { Levels = 300 } }, Start, this);
        Now = Start;
    }

    public SimulatedVenue Venue { get; }

    public Timestamp Now { get; private set; }

    public IReadOnlyList<(int Connection, VenueFrame Kind, string Text, Timestamp Sent)> Frames => frames;

    public void OnFrame(SimulatedConnection connection, VenueFrame kind, ReadOnlySpan<byte> payload, Timestamp sent) =>
        frames.Add((connection.Id, kind, kind is VenueFrame.Text or VenueFrame.Slow or VenueFrame.Cut ? Encoding.UTF8.GetString(payload) : Convert.ToHexString(payload), sent));

    public SimulatedConnection Open(string path) => Venue.Open(path, "test", Now).Connection.ShouldNotBeNull();

    public void Say(SimulatedConnection connection, string text) => Venue.Receive(connection, Encoding.UTF8.GetBytes(text), Now);

    public void Run(double seconds, int steps = 1)
    {
        for (var i = 0; i < steps; i++)
        {
            Now += TimeSpan.FromSeconds(seconds / steps);
            Venue.Advance(Now);
        }
    }

    public JsonElement Get(string url)
    {
        var reply = Venue.Get(url, "test", Now);
        reply.Status.ShouldBe(200, Encoding.UTF8.GetString(reply.Body));
        return JsonDocument.Parse(reply.Body).RootElement;
    }

    /// <summary>The messages that have a property, unwrapped.</summary>
    public IEnumerable<JsonElement> With(string property, string? value = null) => frames.Where(f => f.Kind == VenueFrame.Text).Select(f => JsonDocument.Parse(f.Text).RootElement)
        .Select(e => e.TryGetProperty("stream", out _) && e.TryGetProperty("data", out var data) ? data : e)
        .Where(e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty(property, out var found) && (value is null || found.GetString() == value));

    public IEnumerable<JsonElement> Diffs => With("e", "depthUpdate");

    public IEnumerable<JsonElement> Topic(string topic) => With("topic", topic);
}

/// <summary>A book as a client would rebuild it.</summary>
internal sealed class Rebuilt
{
    private readonly SortedDictionary<decimal, decimal> bids = [];
    private readonly SortedDictionary<decimal, decimal> asks = [];

    public Rebuilt(JsonElement bids, JsonElement asks)
    {
        Apply(this.bids, bids);
        Apply(this.asks, asks);
    }

    public void Apply(JsonElement bidChanges, JsonElement askChanges)
    {
        Apply(bids, bidChanges);
        Apply(asks, askChanges);
    }

    public IEnumerable<(decimal Price, decimal Size)> Bids => bids.Reverse().Select(l => (l.Key, l.Value));

    public IEnumerable<(decimal Price, decimal Size)> Asks => asks.Select(l => (l.Key, l.Value));

    public void ShouldBe(ReferenceBook? truth)
    {
        truth.ShouldNotBeNull();
        Bids.Take(truth.Bids.Count).ShouldBe(truth.Bids);
        Asks.Take(truth.Asks.Count).ShouldBe(truth.Asks);
        if (truth.Bids.Count > 0 && truth.Asks.Count > 0) truth.Bids[0].Price.ShouldBeLessThan(truth.Asks[0].Price);
    }

    private static void Apply(SortedDictionary<decimal, decimal> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var (price, size) = (decimal.Parse(level[0].GetString()!), decimal.Parse(level[1].GetString()!));
            if (size == 0) side.Remove(price);
            else side[price] = size;
        }
    }
}
