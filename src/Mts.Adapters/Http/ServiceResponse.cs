using System.Security.Cryptography;

namespace Mts.Adapters.Http;

/// <summary>An answer, read to its end and decompressed.</summary>
/// <param name="Request">Base address, path and query without secrets.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The decompressed bytes.</param>
/// <param name="Headers">The few headers that matter, found in any case.</param>
/// <param name="Received">When the last byte was there.</param>
public sealed record ServiceResponse(
    string Request, int Status, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers, Timestamp Received)
{
    private string? sha256;

    /// <summary>Of <see cref="Body"/>, lower-case hex; the provenance of what is stored.</summary>
    public string Sha256 => sha256 ??= Convert.ToHexStringLower(SHA256.HashData(Body.Span));

    public bool IsSuccess => Status is >= 200 and < 300;

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
