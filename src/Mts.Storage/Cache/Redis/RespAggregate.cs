namespace Mts.Storage.Cache.Redis;

/// <summary>A collection whose values are still coming.</summary>
internal sealed class RespAggregate(byte type, int expected)
{
    private readonly List<RespValue> items = new(Math.Min(expected, 64));

    /// <summary>Out-of-band words about the next value.</summary>
    public bool IsAttribute => type == '|';

    /// <returns>Whether it is complete now.</returns>
    public bool Add(in RespValue value)
    {
        items.Add(value);
        return items.Count == expected;
    }

    public RespValue ToValue() => new(Kind, Items: [.. items]);

    private RespKind Kind => type switch
    {
        (byte)'%' => RespKind.Map,
        (byte)'~' => RespKind.Set,
        (byte)'>' => RespKind.Push,
        _ => RespKind.Array,
    };
}
