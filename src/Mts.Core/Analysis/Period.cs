namespace Mts.Core.Analysis;

/// <summary>How far apart the values lie that macro figures are made of. Macro series have one value a day at most, so there is nothing shorter.</summary>
public enum Period
{
    Day,

    /// <summary>From Monday.</summary>
    Week,
    Month,
}
