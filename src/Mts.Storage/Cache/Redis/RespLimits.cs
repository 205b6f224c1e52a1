namespace Mts.Storage.Cache.Redis;

/// <summary>What one reply may be at most; beyond that it is refused before memory is taken for it.</summary>
internal sealed record RespLimits
{
    /// <summary>Bytes of a text, an error or a length.</summary>
    public int Line { get; init; } = 64 << 10;

    /// <summary>Bytes of one value.</summary>
    public int Bulk { get; init; } = 32 << 20;

    /// <summary>Bytes of all values of one reply.</summary>
    public long Reply { get; init; } = 64 << 20;

    /// <summary>Values in one reply.</summary>
    public int Items { get; init; } = 1 << 20;

    /// <summary>Arrays within arrays.</summary>
    public int Depth { get; init; } = 16;
}
