using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Sessions;

/// <summary>The session was taken up again after its process had ended.</summary>
/// <param name="Received">When.</param>
/// <param name="Version">Of the program that goes on.</param>
/// <param name="CutBytes">What the end of the process had left of a record under way, cut off.</param>
public sealed record SessionResumed(Timestamp Received, string Version, long CutBytes) : LiveInput(Received);
