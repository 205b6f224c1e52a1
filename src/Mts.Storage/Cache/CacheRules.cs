using Mts.Core.Ports;

namespace Mts.Storage.Cache;

/// <summary>What every cache asks of an entry; to break it is a bug.</summary>
internal static class CacheRules
{
    internal static void Check(in CacheEntry entry)
    {
        ArgumentException.ThrowIfNullOrEmpty(entry.Key);
        ArgumentOutOfRangeException.ThrowIfLessThan(entry.Lifetime, TimeSpan.FromMilliseconds(1));
    }
}
