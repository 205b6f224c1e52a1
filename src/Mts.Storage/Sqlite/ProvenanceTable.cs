using Mts.Core.Ports;

namespace Mts.Storage.Sqlite;

/// <summary>Where stored rows came from; an origin is noted when the first row of it is written.</summary>
internal sealed class ProvenanceTable(Database database)
{
    public long Add(Provenance provenance)
    {
        database.Run(
            "INSERT INTO provenance (source, fetched_at, request, hash) VALUES (?, ?, ?, ?)",
            provenance.Source, provenance.FetchedAt, provenance.Request, provenance.Hash);
        return database.LastId;
    }

    /// <summary>Notes the origin at the first asking and gives its number from then on.</summary>
    public Lazy<long> Once(Provenance provenance) => new(() => Add(provenance), LazyThreadSafetyMode.None);
}
