namespace Mts.Pipeline.Realtime.Shell;

/// <summary>Work under way, to be waited for at the end.</summary>
internal sealed class RunningTasks : IDisposable
{
    private readonly Lock sync = new();
    private readonly SemaphoreSlim idle = new(0, 1);
    private int running = 1; // the owner, until it waits

    /// <param name="work">Reports its own failures.</param>
    public void Start(Func<Task> work)
    {
        lock (sync)
        {
            if (running == 0) return;
            running++;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                Done();
            }
        });
    }

    /// <summary>Done when all work is; nothing more is started then.</summary>
    public Task IdleAsync()
    {
        Done();
        return idle.WaitAsync(CancellationToken.None);
    }

    public void Dispose() => idle.Dispose();

    private void Done()
    {
        lock (sync)
        {
            if (--running == 0) idle.Release();
        }
    }
}
