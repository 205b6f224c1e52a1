namespace Mts.Storage.Cache.Redis;

/// <summary>How to reach the server.</summary>
public sealed record RedisOptions
{
    public required RedisAddress Address { get; init; }

    /// <summary>Instead of the address's own; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file with authorities that are believed besides those of the system; null for none.</summary>
    public string? CaFile { get; init; }

    /// <summary>Longest wait for a connection that is ready: TCP, TLS, password and database.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait of one call for its answer; after it the connection is given up.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Most wait between two tries to connect; each wait is drawn from zero to its bound, which doubles from 20 ms up to this.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The address without secrets.</summary>
    public override string ToString() => Address.ToString();
}
