using NLog;
using NLog.Targets;

namespace Mts.Cli.Logging;

/// <summary>Writes log lines to a writer that belongs to somebody else.</summary>
internal sealed class WriterTarget(TextWriter writer) : TargetWithLayout
{
    protected override void Write(LogEventInfo logEvent) => writer.Write(RenderLogEvent(Layout, logEvent) + "\n");
}
