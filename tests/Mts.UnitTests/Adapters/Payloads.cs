namespace Mts.UnitTests.Adapters;

/// <summary>Payloads of our own writing, in each service's shape.</summary>
internal static class Payloads
{
    /// <param name="name">Below <c>tests/fixtures</c>: <c>binance/klines.json</c>.</param>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "fixtures", name));
}
