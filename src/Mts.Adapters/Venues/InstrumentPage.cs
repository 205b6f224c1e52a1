namespace Mts.Adapters.Venues;

/// <param name="Instruments">Markets that trade and can be named in the common spelling.</param>
/// <param name="LeftOut">How many others the answer listed.</param>
/// <param name="NextCursor">Asks for the next page; null on the last.</param>
internal sealed record InstrumentPage(IReadOnlyList<Instrument> Instruments, int LeftOut, string? NextCursor = null)
{
    /// <param name="markets">Null for each market that does not trade or cannot be named.</param>
    /// <param name="nextCursor">Asks for the next page; null on the last.</param>
    public static InstrumentPage Of(List<Instrument?> markets, string? nextCursor = null)
    {
        Instrument[] instruments = [.. markets.OfType<Instrument>()];
        return new InstrumentPage(instruments, markets.Count - instruments.Length, nextCursor);
    }

    /// <summary>Whether the common spelling leads back to the market; one where it does not could not be asked for again.</summary>
    /// <param name="symbol">The market in the common spelling.</param>
    /// <param name="venueSymbol">What <paramref name="symbol"/> is in the venue's spelling.</param>
    /// <param name="listed">What the venue lists.</param>
    public static bool CanBeNamed(Symbol symbol, string venueSymbol, string listed) =>
        venueSymbol == listed && Symbol.TryParse(symbol.ToString(), out var same) && same == symbol;
}
