using Mts.Core.Market;

namespace Mts.Core.Feeds;

/// <summary>The markets of a feed by number, found by the venue's own spelling without allocating.</summary>
/// <param name="market">Spot or perpetual; a venue spells both alike.</param>
/// <param name="isOpen">True takes up markets as they are met, for recordings; false knows only those added.</param>
public sealed class InstrumentTable(MarketKind market, bool isOpen = false)
{
    private const int MaxName = 48;

    private readonly List<Symbol> symbols = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    public int Count => symbols.Count;

    public Symbol this[int instrument] => symbols[instrument];

    /// <summary>The market's number, new or known.</summary>
    public int Add(Symbol symbol)
    {
        if (numbers.TryGetValue(symbol.Compact, out var known)) return known;
        numbers.Add(symbol.Compact, symbols.Count);
        symbols.Add(symbol);
        return symbols.Count - 1;
    }

    /// <param name="venueSymbol">As the venue writes it, <c>BTCUSDT</c> or <c>btcusdt</c>.</param>
    /// <returns>−1 where it is not known and may not be added.</returns>
    public int Find(ReadOnlySpan<byte> venueSymbol)
    {
        if (venueSymbol.Length is 0 or > MaxName) return -1;
        Span<char> name = stackalloc char[venueSymbol.Length];
        for (var i = 0; i < name.Length; i++)
        {
            var c = venueSymbol[i];
            if (!char.IsAsciiLetterOrDigit((char)c)) return -1;
            name[i] = char.ToUpperInvariant((char)c);
        }

        if (numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known)) return known;
        return isOpen && Symbol.TryParse(name.ToString(), out var symbol) ? Add(market == MarketKind.Perpetual ? symbol with { Settle = symbol.Quote } : symbol) : -1;
    }
}
