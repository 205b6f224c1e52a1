using Mts.Core.Market;
using Mts.Core.Quality;

namespace Mts.Storage.Files.Import;

/// <param name="SeriesId">As in <see cref="MacroCatalog"/>.</param>
/// <param name="Observations">By day; a day for which the source says that there is no value is there with null.</param>
/// <param name="Report">What was found; <see cref="ImportReport.Accepted"/> counts values, <see cref="ImportReport.Missing"/> days without.</param>
public sealed record MacroImport(string SeriesId, IReadOnlyList<MacroObservation> Observations, ImportReport Report);
