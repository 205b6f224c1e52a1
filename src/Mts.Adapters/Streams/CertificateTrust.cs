using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mts.Adapters.Streams;

/// <summary>Whose certificates are believed: the system's authorities, and those of one more file.</summary>
internal static class CertificateTrust
{
    /// <param name="extraCaFile">PEM; null for the system's authorities alone.</param>
    /// <exception cref="ConfigurationException">The file cannot be read or holds no certificate.</exception>
    public static SslClientAuthenticationOptions Options(string? extraCaFile)
    {
        if (extraCaFile is null) return new SslClientAuthenticationOptions();
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Read(extraCaFile));
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        system.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    private static X509Certificate2Collection Read(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException($"extraCaFile: {file} cannot be read as PEM: {unreadable.Message}", unreadable);
        }

        return certificates.Count > 0 ? certificates : throw new ConfigurationException($"extraCaFile: {file} holds no certificate.");
    }
}
