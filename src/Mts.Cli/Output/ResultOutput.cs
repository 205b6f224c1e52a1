using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mts.Cli.Output;

/// <summary>Where a result goes: tables and lines for people, or exactly one JSON document.</summary>
internal sealed class ResultOutput(CliHost host, bool json, Func<string, string> redact)
{
    private bool documentWritten;

    /// <summary>True where the caller asked for the one JSON document; then nothing else goes to standard output.</summary>
    public bool IsJson { get; } = json;

    /// <summary>Whether progress may be drawn on standard error.</summary>
    public bool ShowsProgress => host.ErrorIsTerminal;

    /// <summary>A line for people; nothing with <c>--json</c>.</summary>
    public void Line(string text = "")
    {
        if (!IsJson) host.Out.Write(redact(text) + "\n");
    }

    /// <summary>A table for people; nothing with <c>--json</c>.</summary>
    public void Table(Grid grid)
    {
        if (IsJson) return;
        if (host.OutIsTerminal) TerminalGrid.Write(host.Out, grid);
        else host.Out.Write(redact(GridText.Of(grid)));
    }

    /// <summary>The document; nothing without <c>--json</c>.</summary>
    public void Document(Action<Utf8JsonWriter> write)
    {
        if (!IsJson) return;
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(writer);
        Raw(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>A document that another part has written; nothing without <c>--json</c>.</summary>
    public void Raw(string document)
    {
        if (!IsJson) return;
        if (documentWritten) throw new InvalidOperationException("A run prints one JSON document.");
        documentWritten = true;
        host.Out.Write(redact(document));
        if (!document.EndsWith('\n')) host.Out.Write('\n');
    }

    /// <summary>Something that the reader should know but that is no result.</summary>
    public void Note(string text) => host.Error.Write(redact(text) + "\n");

    public void Error(string kind, string message)
    {
        Note($"error: {message}");
        if (documentWritten) return;
        Document(w =>
        {
            w.WriteStartObject();
            w.WriteStartObject("error");
            w.WriteString("kind", kind);
            w.WriteString("message", message);
            w.WriteEndObject();
            w.WriteEndObject();
        });
    }
}
