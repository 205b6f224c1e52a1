namespace Mts.Adapters.Http;

/// <summary>Remembers that a service does not take the key, so that it is not asked again with the same one.</summary>
internal sealed class KeyRefusal(TimeProvider clock)
{
    // Long enough for a whole collection, short enough for a service that runs for months to find out that the key was repaired there.
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    private readonly Lock sync = new();
    private ApiException? refusal;
    private DateTimeOffset until;

    /// <exception cref="ApiException">The key was refused a short while ago.</exception>
    public void ThrowIfHolds()
    {
        lock (sync)
        {
            if (refusal is null || until <= clock.GetUtcNow()) return;
            throw new ApiException(refusal.Service, $"not asked, because the key was refused: {refusal.Message}", refusal) { Status = refusal.Status, Code = refusal.Code };
        }
    }

    public void Note(ApiException failure)
    {
        lock (sync)
        {
            refusal = failure;
            until = clock.GetUtcNow() + Rest;
        }
    }
}
