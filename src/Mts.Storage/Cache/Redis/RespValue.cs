using System.Text;

namespace Mts.Storage.Cache.Redis;

internal enum RespKind : byte
{
    Null,
    Simple,
    Error,
    Integer,
    Boolean,
    Double,
    BigNumber,
    Bulk,
    Array,
    Set,
    Map,
    Push,
}

/// <summary>One reply of either protocol version.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Of an integer, and 0 or 1 of a boolean.</param>
/// <param name="Bytes">Of a text, an error, a bulk and the numbers that are told as text.</param>
/// <param name="Items">Of an aggregate; of a map its keys and values in turn.</param>
internal readonly record struct RespValue(RespKind Kind, long Number = 0, byte[]? Bytes = null, RespValue[]? Items = null)
{
    /// <summary>For messages and names; invalid UTF-8 is replaced.</summary>
    public string Text => Kind is RespKind.Integer or RespKind.Boolean ? $"{Number}" : Encoding.UTF8.GetString(Bytes ?? []);

    public bool IsError => Kind == RespKind.Error;
}
