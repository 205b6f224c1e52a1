using Mts.Core.Ports;

namespace Mts.Adapters.Bybit;

/// <summary>Bybit's spot pairs and linear perpetuals that trade now.</summary>
internal sealed class BybitDirectory(BybitMarket market) : IInstrumentDirectory
{
    public string Venue => "bybit";

    public async Task<IReadOnlyList<Instrument>> ListInstrumentsAsync(CancellationToken cancellationToken)
    {
        var instruments = new List<Instrument>();
        foreach (var category in new[] { BybitNames.Spot, BybitNames.Linear })
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            string? cursor = null;
            do
            {
                var page = await market.GetInstrumentsAsync(category, cursor, cancellationToken);
                instruments.AddRange(page.Instruments);
                cursor = page.NextCursor;
                if (cursor is not null && !seen.Add(cursor))
                    throw new DataValidationException($"bybit: the list of {category} instruments comes round to the cursor '{cursor}' again; it cannot be read to its end.");
            }
            while (cursor is not null);
        }

        return instruments;
    }
}
