using System.Text;
using NLog;
using NLog.Layouts;

namespace Mts.Cli.Logging;

/// <summary>The line of another layout without the configured secrets.</summary>
internal sealed class RedactedLayout(Layout inner, Redactor redactor) : Layout
{
    protected override void InitializeLayout()
    {
        base.InitializeLayout();
        _ = inner.Render(LogEventInfo.CreateNullEvent());
    }

    protected override string GetFormattedMessage(LogEventInfo logEvent) => redactor.Apply(inner.Render(logEvent));

    protected override void RenderFormattedMessage(LogEventInfo logEvent, StringBuilder target) => target.Append(GetFormattedMessage(logEvent));
}
