using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>Where a stored segment came from.</summary>
/// <param name="Source">Service or file dialect: <c>binance</c>, <c>file:cryptodatadownload</c>, <c>resampled</c>.</param>
/// <param name="FetchedAt">When it was fetched or read, UTC.</param>
/// <param name="Request">The request line without secrets, or the file's name.</param>
/// <param name="Hash">SHA-256 of the payload or file, lower-case hex.</param>
public sealed record Provenance(string Source, Timestamp FetchedAt, string Request, string Hash);
