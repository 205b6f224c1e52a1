namespace Mts.Simulator.Live;

/// <summary>What a channel must do to its next frame.</summary>
internal enum Distortion
{
    None,
    Crossed,
    WrongLevel,
    OpenBarClosed,
    NewSnapshot,
    Restart,
    SkippedIds,
}
