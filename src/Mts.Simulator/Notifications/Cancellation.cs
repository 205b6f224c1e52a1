namespace Mts.Simulator.Notifications;

internal static class Cancellation
{
    /// <summary>Ends when the token is cancelled, without an exception.</summary>
    public static async Task WhenCancelledAsync(this CancellationToken token)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => ended.SetResult());
        await ended.Task;
    }
}
