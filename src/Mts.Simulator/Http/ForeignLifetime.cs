using Microsoft.Extensions.Hosting;

namespace Mts.Simulator.Http;

/// <summary>Leaves signals to the program that holds the simulator; the usual lifetime would swallow its Ctrl-C.</summary>
internal sealed class ForeignLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
