using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mts.Storage.Cache.Redis;

namespace Mts.IntegrationTests.Cache;

public sealed class RedisTlsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-redis-tls-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Authority => Path.Combine(folder.FullName, "ca.pem");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Values_go_over_tls_to_a_server_whose_authority_is_given()
    {
        await using var server = await StartAsync("localhost");
        var options = RedisServer.Patient($"rediss://localhost:{server.Port}/1") with { CaFile = Authority };

        (await RedisServer.AskAsync(options, Cancellation, "SET", "key", new string('x', 100_000))).Text.ShouldBe("OK");
        (await RedisServer.AskAsync(options, Cancellation, "GET", "key")).Text.Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused()
    {
        await using var server = await StartAsync("localhost");
        var refused = await Should.ThrowAsync<ApiConnectionException>(() => RedisServer.AskAsync(RedisServer.Patient($"rediss://localhost:{server.Port}"), Cancellation, "PING"));
        refused.Message.ShouldContain("TLS failed");
        refused.Message.ShouldContain("UntrustedRoot");
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_refused()
    {
        await using var server = await StartAsync("elsewhere.example");
        var options = RedisServer.Patient($"rediss://localhost:{server.Port}") with { CaFile = Authority };
        var refused = await Should.ThrowAsync<ApiConnectionException>(() => RedisServer.AskAsync(options, Cancellation, "PING"));
        refused.Message.ShouldContain("RemoteCertificateNameMismatch");
    }

    [Fact]
    public async Task Plain_talk_to_a_tls_server_fails_and_says_where()
    {
        await using var server = await StartAsync("localhost");
        var wrong = await Should.ThrowAsync<ApiException>(() => server.AskAsync(Cancellation, "PING"));
        wrong.Message.ShouldContain($"127.0.0.1:{server.Port}");
    }

    [Fact]
    public void A_file_without_certificate_is_named()
    {
        var empty = Path.Combine(folder.FullName, "empty.pem");
        File.WriteAllText(empty, "nothing");
        Should.Throw<ConfigurationException>(() => RedisStream.ReadAuthorities(empty)).Message.ShouldContain(empty);
        Should.Throw<ConfigurationException>(() => RedisStream.ReadAuthorities(Path.Combine(folder.FullName, "none.pem"))).Message.ShouldContain("none.pem cannot be read");
    }

    private Task<RedisServer> StartAsync(string host)
    {
        WriteCertificates(host);
        return RedisServer.StartAsync(
            Cancellation, "--port", "0", "--tls-port", "{port}", "--tls-auth-clients", "no", "--tls-cert-file", Path.Combine(folder.FullName, "server.pem"),
            "--tls-key-file", Path.Combine(folder.FullName, "server.key"), "--tls-ca-cert-file", Authority);
    }

    private void WriteCertificates(string host)
    {
        var (from, until) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = authority.CreateSelfSigned(from, until);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, from, until, [1, 2, 3]);
        File.WriteAllText(Authority, root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "server.key"), serverKey.ExportPkcs8PrivateKeyPem());
    }
}
