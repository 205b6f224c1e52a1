namespace Mts.Adapters.Venues;

/// <param name="Instruments">Markets that trade and can be named in the common spelling.</param>
/// <param name="LeftOut">How many others the answer listed.</param>
/// <param name="NextCursor">Asks for the next page; null on the last.</param>
internal sealed record InstrumentPage(IReadOnlyList<Instrument> Instruments, int LeftOut, string? NextCursor = null);
