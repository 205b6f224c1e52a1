using Mts.Core.Alerts;
using Mts.Core.Ports;

namespace Mts.UnitTests.Alerts;

/// <summary>A destination that answers by script and takes everything afterwards.</summary>
internal sealed class FakeNotifier(string channel, TimeProvider clock, params IReadOnlyList<NotifyResult> script) : INotifier
{
    private readonly Queue<NotifyResult> answers = new(script);

    public string Channel => channel;

    public List<(DateTimeOffset Time, string Id)> Tries { get; } = [];

    /// <summary>What the destination has taken.</summary>
    public List<string> Taken { get; } = [];

    /// <summary>While set, nothing is answered.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public async Task<NotifyResult> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        Tries.Add((clock.GetUtcNow(), alert.Id));
        if (Hold is { } hold) await hold.Task.WaitAsync(cancellationToken);
        var answer = answers.Count > 0 ? answers.Dequeue() : new NotifyResult.Delivered();
        if (answer is NotifyResult.Delivered) Taken.Add(alert.Id);
        return answer;
    }
}
