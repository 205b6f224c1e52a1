namespace Mts.UnitTests.Adapters;

/// <summary>Payloads of our own writing in the services' shape.</summary>
internal static class Fixtures
{
    public static byte[] Bytes(string source, string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "fixtures", source, name));

    public static string Text(string source, string name) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "fixtures", source, name));
}
