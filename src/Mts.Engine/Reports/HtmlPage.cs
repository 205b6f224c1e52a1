using System.Text;

namespace Mts.Engine.Reports;

/// <summary>The frame of every page: one file with its style in it, for screen, phone and paper.</summary>
internal static class HtmlPage
{
    private static readonly Lazy<string> Style = new(() => Part("report.css").ReplaceLineEndings(""));
    private static readonly Lazy<string> Script = new(() => Part("report.js"));

    /// <param name="title">Not escaped yet.</param>
    public static StringBuilder Begin(string title) => new StringBuilder(65_536)
        .Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .Append($"<title>{HtmlText.Escape(title)}</title><style>{Style.Value}</style></head><body><main>\n");

    public static string End(StringBuilder page) => page.Append("</main></body></html>\n").ToString();

    /// <summary>The end of a page with charts that a script draws anew.</summary>
    public static string End(StringBuilder page, ChartData data)
    {
        page.Append("</main>\n<script type=\"application/json\" id=\"data\">").Append(data.End()).Append("</script>\n<script>\n").Append(Script.Value);
        return page.Append("</script>\n</body></html>\n").ToString();
    }

    private static string Part(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
