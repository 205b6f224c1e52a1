using Mts.Pipeline.History;

namespace Mts.Cli.Output;

/// <summary>One line on a terminal that shows how far a collection is; nothing where nobody looks.</summary>
internal sealed class ProgressLine(CliHost host) : IProgress<CollectionProgress>, IDisposable
{
    private const int Width = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80);
    private readonly Lock turn = new();
    private long lastDrawn;
    private bool drawn;

    public void Report(CollectionProgress value)
    {
        if (!host.ErrorIsTerminal) return;
        lock (turn)
        {
            if (drawn && value.Fraction < 1 && host.Clock.GetElapsedTime(lastDrawn) < Pause) return;
            (lastDrawn, drawn) = (host.Clock.GetTimestamp(), true);
            var full = (int)(Width * Math.Clamp(value.Fraction, 0, 1));
            host.Error.Write($"\r\u001b[K{new string('━', full)}\u001b[90m{new string('━', Width - full)}\u001b[0m {value.Fraction,4:P0}  {value.Series}  {Figures.Count(value.Rows)} rows");
        }
    }

    public void Dispose()
    {
        if (drawn) host.Error.Write("\r\u001b[K");
    }
}
