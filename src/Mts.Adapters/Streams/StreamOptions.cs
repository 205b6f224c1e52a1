using System.ComponentModel.DataAnnotations;
using Mts.Adapters.Http;

namespace Mts.Adapters.Streams;

/// <summary>How stream connections are made and kept.</summary>
public sealed record StreamOptions
{
    /// <summary>Longest time from the first packet to the accepted upgrade, 100 milliseconds to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After this silence the other side is pinged, 100 milliseconds to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A ping that brings nothing at all for this long ends the connection, 100 milliseconds to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long the other side may take to answer a close, 10 milliseconds to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Largest message in bytes; a larger one ends the connection with 1009. 1 KiB to 64 MiB.</summary>
    [Range(1_024, 67_108_864)]
    public int MaxFrameBytes { get; init; } = 4 * 1_024 * 1_024;

    /// <summary>Bytes taken from the system at once, 4 KiB to 4 MiB.</summary>
    [Range(4_096, 4_194_304)]
    public int ReceiveBufferBytes { get; init; } = 128 * 1_024;

    /// <summary>Bytes that may wait to be sent; more ends the connection. 4 KiB to 64 MiB.</summary>
    [Range(4_096, 67_108_864)]
    public int MaxUnsentBytes { get; init; } = 1_024 * 1_024;

    /// <summary>PEM file with certificate authorities that are trusted beside those of the system; null for none.</summary>
    public string? ExtraCaFile { get; init; }

    /// <summary>All settings out of range, by name; empty when all is well.</summary>
    public IReadOnlyList<string> Problems(string section) => [.. OptionProblems.Of(section, this)];
}
