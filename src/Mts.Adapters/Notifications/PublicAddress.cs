using System.Net;
using System.Net.Sockets;

namespace Mts.Adapters.Notifications;

/// <summary>Lets connections out to the public network only: an address of the settings must not become a way to ask the inner one.</summary>
/// <remarks>The name is resolved here and the checked address is the one connected to, so that a second answer of the name server changes nothing.</remarks>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Inner =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <remarks>IANA special-purpose address registries; those that carry an IPv4 address inside are refused as a whole.</remarks>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(Inner, n => n.Contains(plain));
    }

    /// <exception cref="PrivateAddressException">Every address of the name is private.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var all = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = Array.FindAll(all, IsPublic);
        if (allowed.Length == 0)
            throw new PrivateAddressException($"{host} is an address of this machine or a private network ({string.Join(", ", all.Select(a => a.ToString()))}); notifications.webhook.allowPrivate allows that.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address of a receiver is not public.</summary>
internal sealed class PrivateAddressException(string message) : IOException(message);
