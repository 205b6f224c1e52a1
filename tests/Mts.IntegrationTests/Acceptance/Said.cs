using System.Text.Json;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>What a command answered.</summary>
internal sealed record Said(string Line, int ExitCode, string Out, string Error)
{
    public Said With(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, $"mts {Line}\n{Out}{Error}");
        return this;
    }

    /// <summary>The one document on standard output, which must hold nothing else.</summary>
    public JsonElement Document()
    {
        using var document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }
}
