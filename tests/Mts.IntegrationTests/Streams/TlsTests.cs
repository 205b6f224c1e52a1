using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mts.Adapters.Streams;

namespace Mts.IntegrationTests.Streams;

/// <summary>Against Kestrel's own WebSocket server, over TLS.</summary>
public sealed class TlsTests : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-tls-");
    private WebApplication? app;

    [Fact]
    public async Task Speaks_with_a_server_whose_authority_stands_in_the_extra_file()
    {
        using var authority = Authority("Mts test authority");
        var address = await StartAsync(authority);
        var extra = Path.Combine(folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(extra, authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var connection = await ConnectAsync(address, extra);
        var texts = new List<string>();
        connection.Send("hello"u8);
        while (await connection.WaitAsync(TestContext.Current.CancellationToken))
        {
            while (connection.TryTake(out var frame)) texts.Add(Encoding.UTF8.GetString(frame));
        }

        texts.ShouldBe(["hello", .. Enumerable.Range(0, 1_000).Select(i => new string('x', i))]);
        connection.Ending.ShouldBe("closed by the server with 1000 'done'");
    }

    [Fact]
    public async Task Refuses_a_server_of_an_unknown_authority()
    {
        using var authority = Authority("Mts test authority");
        using var other = Authority("Another authority");
        var address = await StartAsync(authority);
        (await Should.ThrowAsync<ApiConnectionException>(() => ConnectAsync(address, null))).Message.ShouldContain("certificate");
        var extra = Path.Combine(folder.FullName, "other.pem");
        await File.WriteAllTextAsync(extra, other.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await Should.ThrowAsync<ApiConnectionException>(() => ConnectAsync(address, extra));
    }

    [Fact]
    public async Task Refuses_a_certificate_of_another_host()
    {
        using var authority = Authority("Mts test authority");
        var address = await StartAsync(authority, host: "venue.test");
        var extra = Path.Combine(folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(extra, authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await Should.ThrowAsync<ApiConnectionException>(() => ConnectAsync(address, extra));
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("no certificate in here", "holds no certificate")]
    public async Task Names_the_setting_of_a_useless_file(string? content, string complaint)
    {
        var extra = Path.Combine(folder.FullName, "ca.pem");
        if (content is not null) await File.WriteAllTextAsync(extra, content, TestContext.Current.CancellationToken);
        var wrong = await Should.ThrowAsync<ConfigurationException>(() => ConnectAsync(new Uri("wss://localhost:1"), extra));
        wrong.Message.ShouldStartWith("extraCaFile: ");
        wrong.Message.ShouldContain(complaint);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static Task<IFrameConnection> ConnectAsync(Uri address, string? extraCaFile) =>
        new WebSocketTransport("venue", new StreamOptions { ExtraCaFile = extraCaFile }, TimeProvider.System).ConnectAsync(address, TestContext.Current.CancellationToken);

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    private static X509Certificate2 Certificate(X509Certificate2 authority, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200), [1, 2, 3]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }

    private async Task<Uri> StartAsync(X509Certificate2 authority, string host = "localhost")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(Certificate(authority, host))));
        app = builder.Build();
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            var said = await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.SendAsync(buffer.AsMemory(0, said.Count), WebSocketMessageType.Text, true, context.RequestAborted);
            for (var i = 0; i < 1_000; i++) await socket.SendAsync(Encoding.ASCII.GetBytes(new string('x', i)), WebSocketMessageType.Text, true, context.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", context.RequestAborted);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Uri($"wss://localhost:{new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}/stream");
    }
}
