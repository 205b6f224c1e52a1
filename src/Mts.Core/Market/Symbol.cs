namespace Mts.Core.Market;

/// <summary>A venue's market in the field's common spelling: spot <c>BTC/USDT</c>, linear perpetual <c>BTC/USDT:USDT</c>.</summary>
/// <param name="Base">What is traded, upper case.</param>
/// <param name="Quote">What it is priced in, upper case.</param>
/// <param name="Settle">What profit is paid in, for a perpetual; null for spot.</param>
public readonly record struct Symbol(string Base, string Quote, string? Settle = null)
{
    // Longest first, so that BTCFDUSD is not read as BTCFD/USD.
    private static readonly string[] Quotes = ["FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD", "EUR", "GBP", "TRY", "BTC", "ETH", "BNB", "DAI"];

    public bool IsPerpetual => Settle is not null;

    /// <summary>The venue's own spelling without separators: <c>BTCUSDT</c>.</summary>
    public string Compact => Base + Quote;

    public override string ToString() => IsPerpetual ? $"{Base}/{Quote}:{Settle}" : $"{Base}/{Quote}";

    /// <summary>Reads <c>BTC/USDT</c>, <c>BTC/USDT:USDT</c>, <c>BTC-USDT</c>, <c>BTC-USDT-PERP</c>, <c>BTCUSDT</c> and <c>BTCUSDT-PERP</c>, in any case.</summary>
    public static bool TryParse(string? text, out Symbol symbol)
    {
        symbol = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        var s = text.Trim().ToUpperInvariant();
        var perpetual = s.EndsWith("-PERP", StringComparison.Ordinal);
        if (perpetual) s = s[..^5];
        string? settle = null;
        var colon = s.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0) (s, settle) = (s[..colon], s[(colon + 1)..]);
        var separator = s.IndexOfAny(['/', '-', '_']);
        if (separator < 0)
        {
            var quote = Array.Find(Quotes, q => s.Length > q.Length && s.EndsWith(q, StringComparison.Ordinal));
            if (quote is null) return false;
            symbol = new Symbol(s[..^quote.Length], quote);
        }
        else
        {
            symbol = new Symbol(s[..separator], s[(separator + 1)..]);
        }

        if (settle is not null) symbol = symbol with { Settle = settle };
        else if (perpetual) symbol = symbol with { Settle = symbol.Quote };
        return IsTicker(symbol.Base) && IsTicker(symbol.Quote) && (symbol.Settle is null || IsTicker(symbol.Settle));
    }

    /// <exception cref="ConfigurationException">The text is not a market.</exception>
    public static Symbol Parse(string text) =>
        TryParse(text, out var symbol) ? symbol : throw new ConfigurationException($"'{text}' is not a market; write it like BTC/USDT, or BTC/USDT:USDT for a perpetual.");

    private static bool IsTicker(string s) => s.Length is > 0 and <= 20 && s.All(char.IsAsciiLetterOrDigit);
}
