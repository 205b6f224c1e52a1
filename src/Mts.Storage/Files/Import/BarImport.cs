using Mts.Core.Market;
using Mts.Core.Ports;
using Mts.Core.Quality;

namespace Mts.Storage.Files.Import;

/// <param name="Series">The accepted bars, oldest first.</param>
/// <param name="Revisions">The rows that lost a conflict.</param>
/// <param name="Report">What was found.</param>
public sealed record BarImport(BarSeries Series, IReadOnlyList<BarRevision> Revisions, ImportReport Report);
