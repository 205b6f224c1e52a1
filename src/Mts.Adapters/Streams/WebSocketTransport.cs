using System.Net;
using System.Security.Cryptography;
using System.Text;
using Mts.Adapters.Http;
using Mts.Core.Ports;

namespace Mts.Adapters.Streams;

/// <summary>Opens WebSocket connections (RFC 6455): certificates are checked, redirects are not followed, no extension is offered.</summary>
/// <param name="service">The name in messages.</param>
/// <param name="options">Limits and times.</param>
/// <param name="clock">Times run on it.</param>
public sealed class WebSocketTransport(string service, StreamOptions options, TimeProvider clock) : IFrameTransport
{
    private const int MaxSample = 64 * 1_024;
    private const int ShownSample = 200;
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public async Task<IFrameConnection> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        if (address.Scheme is not ("ws" or "wss")) throw new ConfigurationException($"{service}: '{address}' is not a ws or wss address.");
        using var limit = new CancellationTokenSource(options.HandshakeTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await UpgradeAsync(address, both.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ApiTimeoutException(service, $"{address} did not accept a connection within {options.HandshakeTimeout.TotalSeconds} s (handshakeTimeout).", late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            var reason = broken.InnerException is { } inner ? $"{broken.Message.TrimEnd('.')} ({inner.Message})" : broken.Message;
            throw new ApiConnectionException(service, $"{address}: {reason}", broken);
        }
    }

    private async Task<IFrameConnection> UpgradeAsync(Uri address, CancellationToken cancellationToken)
    {
        UpgradeStream? below = null;
        HttpResponseMessage? answer = null;
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = CertificateTrust.Options(options.ExtraCaFile),
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(below = new UpgradeStream(context.PlaintextStream)),
        });
        try
        {
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            using var request = Request(address, key);
            answer = await invoker.SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.SwitchingProtocols) throw await RefusedAsync(address, answer, cancellationToken);
            if (Fault(answer, key) is { } fault) throw new ApiException(service, $"{address} answered 101 {fault}; this is no WebSocket server.") { Status = 101 };
            return new WebSocketConnection(service, below!.Inner, below.Surplus, invoker, options, clock);
        }
        catch
        {
            answer?.Dispose();
            invoker.Dispose();
            throw;
        }
    }

    private static HttpRequestMessage Request(Uri address, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Sec-WebSocket-Key", key);
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("User-Agent", "mts/0.1");
        return request;
    }

    // RFC 6455, 4.1: what makes an answer an accepted upgrade.
    private static string? Fault(HttpResponseMessage answer, string key)
    {
        if (!answer.Headers.Upgrade.Any(u => u.Name.Equals("websocket", StringComparison.OrdinalIgnoreCase))) return "without 'Upgrade: websocket'";
        if (!answer.Headers.Connection.Contains("upgrade", StringComparer.OrdinalIgnoreCase)) return "without 'Connection: Upgrade'";
        if (Header(answer, "Sec-WebSocket-Accept") != Accept(key)) return "with a wrong Sec-WebSocket-Accept";
        if (Header(answer, "Sec-WebSocket-Extensions") is not null) return "with an extension that was not offered";
        return Header(answer, "Sec-WebSocket-Protocol") is null ? null : "with a protocol that was not offered";
    }

#pragma warning disable CA5350 // SHA-1 is what RFC 6455 asks for; nothing secret rests on it.
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private async Task<ApiException> RefusedAsync(Uri address, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var status = (int)answer.StatusCode;
        var body = await SampleAsync(answer, cancellationToken);
        var shown = body.Length > ShownSample ? body[..ShownSample] + "…" : body;
        var message = status is >= 300 and < 400
            ? $"{address}: redirected ({status}) to {answer.Headers.Location}, which is not followed; check the address."
            : $"{address}: the connection was refused with {status}{(shown.Length > 0 ? $": {shown}" : "")}";
        var wait = RetryAfter.Parse(Header(answer, "Retry-After"), clock.GetUtcNow());
        if (wait is null && status is not (429 or 418))
            return new ApiException(service, message) { Status = status, Body = body, IsTransient = status is 408 or >= 500 };
        var longest = status == 418 ? RetryAfter.LongestBan : RetryAfter.Longest;
        return new ApiRateLimitException(service, message, wait is { } asked ? RetryAfter.Clamp(asked, longest) : null)
        {
            Status = status, Body = body, IsBan = status == 418,
        };
    }

    // The status is the answer; the body only helps to understand it, as far as it comes in time.
    private static async Task<string> SampleAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var sample = new byte[MaxSample];
        var length = 0;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            for (int read; length < MaxSample && (read = await stream.ReadAsync(sample.AsMemory(length), cancellationToken)) > 0;) length += read;
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or OperationCanceledException)
        {
            return Encoding.UTF8.GetString(sample, 0, length);
        }

        return Encoding.UTF8.GetString(sample, 0, length);
    }
}
