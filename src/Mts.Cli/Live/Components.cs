using System.Text.Json;
using Microsoft.Extensions.Logging;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Pipeline.Alerts.Observations;

namespace Mts.Cli.Live;

/// <summary>Parts of a service that run beside each other: one that fails is shown and begun again after a while, the others go on.</summary>
/// <param name="clock">For the waits.</param>
/// <param name="log">Told of each failure.</param>
/// <param name="see">Takes what becomes of each part, for the alerts.</param>
/// <param name="note">Takes the same for people.</param>
internal sealed class Components(TimeProvider clock, ILogger log, Action<ComponentStateSeen> see, Action<string> note)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // A part that has run for so long has recovered.
    private static readonly TimeSpan GoodAfter = TimeSpan.FromSeconds(10);

    private readonly List<Part> parts = [];

    /// <summary>Begins a part; it ends by itself, or when it is cancelled.</summary>
    public Task Start(string name, Func<CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        var part = new Part(name);
        parts.Add(part);
        return KeepAsync(part, body, cancellationToken);
    }

    public Grid Table()
    {
        var grid = new Grid("component", "state", ">failures", "last failure");
        foreach (var part in parts) grid.Add(part.Name, part.State, Figures.Count(part.Failures), part.LastFailure ?? "");
        return grid;
    }

    /// <summary>The member <c>components</c>.</summary>
    public void Write(Utf8JsonWriter w)
    {
        w.WriteStartArray("components");
        foreach (var part in parts)
        {
            w.WriteStartObject();
            w.WriteString("name", part.Name);
            w.WriteString("state", part.State);
            w.WriteNumber("failures", part.Failures);
            w.WriteString("last_failure", part.LastFailure);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private async Task KeepAsync(Part part, Func<CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        while (true)
        {
            var began = clock.GetTimestamp();
            try
            {
                part.State = "running";
                await RunAsync(part, body, cancellationToken);
                part.State = "ended";
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                part.State = "ended";
                return;
            }
            catch (Exception failure)
            {
                if (clock.GetElapsedTime(began) >= GoodAfter) wait = FirstWait;
                Fail(part, failure, wait);
            }

            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return;
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    private async Task RunAsync(Part part, Func<CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        var running = body(cancellationToken);
        if (part.LastFailure is not null && !running.IsCompleted)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var isGood = await Task.WhenAny(running, Task.Delay(GoodAfter, clock, enough.Token)) != running && !cancellationToken.IsCancellationRequested;
            if (isGood) see(new ComponentStateSeen(part.Name, ComponentHealth.Up, "it runs again", Timestamp.Now(clock)));
            await enough.CancelAsync();
        }

        await running;
    }

    private void Fail(Part part, Exception failure, TimeSpan wait)
    {
        var why = Failure.Of(failure).Message;
        (part.State, part.Failures, part.LastFailure) = ("failed", part.Failures + 1, why);
        log.LogError(failure, "{Component} failed and begins again in {Wait}: {Failure}", part.Name, wait, why);
        note($"error: {part.Name}: {why} It begins again in {wait.TotalSeconds:0} s.");
        see(new ComponentStateSeen(part.Name, ComponentHealth.Down, why, Timestamp.Now(clock)));
    }

    private sealed class Part(string name)
    {
        public string Name => name;

        public string State { get; set; } = "running";

        public long Failures { get; set; }

        public string? LastFailure { get; set; }
    }
}
