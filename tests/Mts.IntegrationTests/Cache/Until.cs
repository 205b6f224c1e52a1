namespace Mts.IntegrationTests.Cache;

/// <summary>Waits for what another process or task will do; how long it takes is no matter of the test.</summary>
internal static class Until
{
    public static async Task HoldsAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        await HoldsAsync(() => Task.FromResult(condition()), cancellationToken);

    public static async Task HoldsAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (!await condition()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
    }
}
