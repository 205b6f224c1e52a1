using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mts.Cli.Logging;

/// <summary>Takes the configured secrets out of any text, as they are and as JSON or an address would write them.</summary>
internal sealed class Redactor
{
    private const string Mask = "***";
    private readonly string[] forms;

    public Redactor(IEnumerable<string> secrets)
    {
        // The longest first, so that a secret that contains another one goes as a whole. What is shorter than four letters protects nothing and would hide half of every line.
        forms = [.. secrets.Where(s => s.Length >= 4).SelectMany(Forms).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];
    }

    public static Redactor None { get; } = new([]);

    public string Apply(string text)
    {
        foreach (var form in forms) text = text.Replace(form, Mask, StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> Forms(string secret) =>
    [
        secret, JsonEncodedText.Encode(secret).ToString(), JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), Uri.EscapeDataString(secret),
    ];
}
