namespace Mts.Adapters.Venues;

/// <summary>Where a venue's streams are.</summary>
internal static class StreamAddresses
{
    /// <summary>What is wrong with an address, one line or none.</summary>
    public static IEnumerable<string> Problems(string setting, Uri address)
    {
        var isRight = address.IsAbsoluteUri && address.Scheme is "ws" or "wss" && address.Host.Length > 0;
        return isRight && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? []
            : [$"{setting}: '{address}' is not the scheme and host of a stream, like wss://stream.example.com"];
    }
}
