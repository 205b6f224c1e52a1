namespace Mts.IntegrationTests.Acceptance;

/// <summary>Recorded market data, where <c>MTS_DATA</c> names its folder.</summary>
internal static class SharedData
{
    private static readonly string? folder = Environment.GetEnvironmentVariable("MTS_DATA");

    /// <summary>Skips the test where there is none.</summary>
    public static string File(string name)
    {
        Require();
        return Path.Combine(folder!, name);
    }

    public static bool IsThere => Directory.Exists(folder);

    public static void Require() => Assert.SkipUnless(IsThere, "MTS_DATA names no folder of recorded market data.");
}
