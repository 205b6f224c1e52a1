using Mts.Core.Market;

namespace Mts.Core.Ports;

/// <summary>Tells which series stands for an asset where only one can: in <c>crypto_ohlcv</c> and in the files of <c>data/backup</c>.</summary>
public interface IPrimarySeries
{
    IReadOnlyList<PrimarySeries> ListPrimary();
}

/// <param name="AssetId"><c>bitcoin</c>.</param>
/// <param name="Key">Its daily spot series.</param>
public sealed record PrimarySeries(string AssetId, SeriesKey Key);
