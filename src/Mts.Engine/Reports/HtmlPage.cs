using System.Text;

namespace Mts.Engine.Reports;

/// <summary>The frame of every page: one file with its style in it, for screen, phone and paper.</summary>
internal static class HtmlPage
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <param name="title">Not escaped yet.</param>
    public static StringBuilder Begin(string title) => new StringBuilder(65_536)
        .Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .Append($"<title>{HtmlText.Escape(title)}</title><style>{Style.Value}</style></head><body><main>\n");

    public static string End(StringBuilder page) => page.Append("</main></body></html>\n").ToString();

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("");
    }
}
