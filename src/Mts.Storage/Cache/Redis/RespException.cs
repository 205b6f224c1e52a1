using Mts.Core;

namespace Mts.Storage.Cache.Redis;

/// <summary>Bytes that break the protocol: after them nothing more of that connection can be understood.</summary>
internal sealed class RespException(string what) : ApiException("redis", $"{what}; is the address that of a Redis server?")
{
    public override bool IsTransient { get; init; } = true;
}
