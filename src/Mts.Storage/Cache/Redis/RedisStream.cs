using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mts.Core;

namespace Mts.Storage.Cache.Redis;

/// <summary>Opens the bytes to a server: TCP, and TLS with its certificate checked where the address asks for it.</summary>
public static class RedisStream
{
    internal static async Task<Stream> OpenAsync(RedisOptions options, CancellationToken cancellationToken)
    {
        var address = options.Address;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (!address.IsTls) return stream;
            var tls = new SslStream(stream);
            stream = tls;
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = address.Host, CertificateChainPolicy = Chain(options.CaFile) }, cancellationToken);
            return tls;
        }
        catch
        {
            if (stream is not null) await stream.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="ConfigurationException">The file cannot be read or has no certificate.</exception>
    public static X509Certificate2Collection ReadAuthorities(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            if (authorities.Count > 0) return authorities;
            throw new ConfigurationException($"{file} has no certificate; a PEM file with the authority's certificate belongs there.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException($"{file} cannot be read: {wrong.Message.TrimEnd('.')}; a PEM file with the authority's certificate belongs there.", wrong);
        }
    }

    // Null leaves the system's own trust; otherwise the system's authorities and those of the file. Revocation lists lie elsewhere in the net, which may not be reachable.
    private static X509ChainPolicy? Chain(string? caFile)
    {
        if (caFile is null) return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(ReadAuthorities(caFile));
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        return policy;
    }
}
