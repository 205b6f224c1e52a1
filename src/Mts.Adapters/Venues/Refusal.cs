namespace Mts.Adapters.Venues;

/// <summary>What a venue means by a no.</summary>
internal enum Refusal
{
    /// <summary>It does not say, or in words that nobody knows; it may help to ask again.</summary>
    Unclear,

    /// <summary>It has no time now; asking again later helps, asking more often does not.</summary>
    Busy,

    /// <summary>It does not have what was asked for.</summary>
    Unknown,
}
