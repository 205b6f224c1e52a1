namespace Mts.Pipeline.Realtime.Books;

/// <summary>How much a book may hold back while it waits for a snapshot.</summary>
/// <param name="BufferedDiffs">Changes.</param>
/// <param name="BufferedLevels">Their levels together; 2 million are 32 MB.</param>
public sealed record BookLimits(int BufferedDiffs = 20_000, int BufferedLevels = 2_000_000);
