using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Storage.Cache.Redis;

/// <summary>One channel, or one beginning of channels, that the server is asked for, and those who listen to it.</summary>
internal sealed class RedisTopic(string name)
{
    private readonly TaskCompletionSource inForce = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Replaced as a whole, so that messages are delivered without a lock.
    private volatile Subscription[] listeners = [];

    public string Name { get; } = name;

    public bool IsPattern { get; } = name.EndsWith('*');

    /// <summary>The name as the server is told: of a beginning every sign but the last means itself.</summary>
    public string WireName { get; } = name.EndsWith('*') ? Escape(name[..^1]) + "*" : name;

    public bool IsEmpty => listeners.Length == 0;

    /// <summary>Ends when the server has taken the subscription for the first time.</summary>
    public Task InForce => inForce.Task;

    public CommandBuffer Subscribe() => new CommandBuffer().Command(IsPattern ? "PSUBSCRIBE" : "SUBSCRIBE", WireName);

    public CommandBuffer Unsubscribe() => new CommandBuffer().Command(IsPattern ? "PUNSUBSCRIBE" : "UNSUBSCRIBE", WireName);

    public void Add(Subscription listener) => listeners = [.. listeners, listener];

    public void Remove(Subscription listener) => listeners = [.. listeners.Where(l => l != listener)];

    public void Confirm() => inForce.TrySetResult();

    public void Refuse(ApiException why) => inForce.TrySetException(why);

    public void Deliver(in EventMessage message)
    {
        foreach (var listener in listeners) listener.Deliver(message);
    }

    public void Interrupt()
    {
        if (!inForce.Task.IsCompletedSuccessfully) return;
        foreach (var listener in listeners) listener.Interrupt();
    }

    private static string Escape(string text) => string.Concat(text.Select(c => c is '*' or '?' or '[' or ']' or '^' or '\\' ? $"\\{c}" : $"{c}"));
}
