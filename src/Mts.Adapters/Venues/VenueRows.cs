using Mts.Adapters.Wire;

namespace Mts.Adapters.Venues;

/// <summary>Rows that the venues write alike: numbers in quotes, in a fixed order.</summary>
internal static class VenueRows
{
    /// <summary>Price and size; a venue may append columns.</summary>
    public static BookLevel Level(ref WireReader reader)
    {
        reader.StartArray();
        var level = new BookLevel(Exact(ref reader, "the price"), Exact(ref reader, "the size"));
        reader.SkipItems();
        return level;
    }

    /// <summary>Open, high, low, close and volume; it stands on the open time before and on the volume after.</summary>
    public static Bar Bar(ref WireReader reader, Timestamp open) =>
        new(open, Number(ref reader, "the open"), Number(ref reader, "the high"), Number(ref reader, "the low"), Number(ref reader, "the close"), Number(ref reader, "the volume"));

    private static double Number(ref WireReader reader, string name)
    {
        reader.Item(name);
        return reader.QuotedNumber();
    }

    private static decimal Exact(ref WireReader reader, string name)
    {
        reader.Item(name);
        return reader.Exact();
    }
}
