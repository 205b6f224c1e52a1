namespace Mts.Engine.Guards;

/// <summary>What a guard says of a run.</summary>
public enum GuardVerdict
{
    /// <summary>Looked at, and nothing found.</summary>
    Pass,

    /// <summary>There was nothing to judge by.</summary>
    Unknown,

    /// <summary>Honest, but the reader should know it.</summary>
    Note,

    /// <summary>The result must not be believed.</summary>
    Fail,
}
