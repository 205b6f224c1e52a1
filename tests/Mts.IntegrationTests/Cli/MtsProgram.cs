namespace Mts.IntegrationTests.Cli;

/// <summary>The program as it was built beside these tests.</summary>
internal static class MtsProgram
{
    /// <summary>Its own build folder: beside the tests lie the tests' versions of its libraries.</summary>
    public static string Library { get; } = Path.Combine(
        Checkout.Root, "src", "Mts.Cli", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!, "net10.0", "mts.dll");
}
