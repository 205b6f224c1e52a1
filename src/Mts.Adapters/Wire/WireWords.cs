using System.Text;
using System.Text.Json;

namespace Mts.Adapters.Wire;

/// <summary>The words with which a venue says no.</summary>
internal static class WireWords
{
    private const int Most = 300;

    /// <summary>The text of the field, or that there is none; cut where it is long.</summary>
    public static string Of(ref FrameView view, int node)
    {
        if (view.TypeOf(node) != JsonTokenType.String || view.Raw(node).IsEmpty) return FrameProblem.Refused;
        var raw = view.Raw(node);
        var words = Encoding.UTF8.GetString(raw.Length > Most ? raw[..Most] : raw);
        return raw.Length > Most ? words + "…" : words;
    }
}
