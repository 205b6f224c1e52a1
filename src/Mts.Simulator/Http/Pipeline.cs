using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Mts.Simulator.Faults;
using Mts.Simulator.Model;
using Mts.Simulator.Sockets;

namespace Mts.Simulator.Http;

/// <summary>One request from socket to socket: the service answers, the fault plan spoils, the ledger remembers.</summary>
internal sealed class Pipeline(IReadOnlyDictionary<int, IService> services, SimulatorOptions options, Ledger ledger)
{
    private const int Drips = 8;

    private readonly ConcurrentDictionary<string, int> attempts = new();
    private readonly ulong seed = Noise.Key(options.Seed, "faults");

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/_sim/ledger")
        {
            await SendAsync(context, new Reply(200, "application/json", ledger.ToJson()));
            return;
        }

        var service = services[context.Connection.LocalPort];
        if (service is LiveService live && WebSocketFace.IsMeant(context))
        {
            await WebSocketFace.HandleAsync(context, live);
            return;
        }

        var request = Read(context);
        var reply = HttpMethods.IsGet(context.Request.Method) ? service.Answer(request) : Reply.Text(405, "text/plain", "Method Not Allowed");
        var key = FaultKey(service, request);
        var fault = options.Faults.Draw(service.Name, key);
        if (fault is { } kind) reply = Spoil(service, kind, reply, request.NowMs, Noise.Mix(key));
        ledger.Add(new LedgerEntry(options.Clock.GetUtcNow(), service.Name, Redact(request), fault == FaultKind.Reset ? 0 : reply.Status, fault, reply.Body.Length));
        await SendAsync(context, reply, fault);
    }

    private SimRequest Read(HttpContext context) => new(context.Request.Path.Value ?? "/", context.Request.QueryString.Value?.TrimStart('?') ?? "", options.Clock.NowMs())
    {
        Header = name => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null,
        Client = context.Connection.RemoteIpAddress?.ToString() ?? "local",
    };

    // The nth time that the same thing is asked has the same fault in every run, however requests overlap.
    private ulong FaultKey(IService service, SimRequest request)
    {
        var what = $"{service.Name} {request.Path}?{request.Query}";
        var attempt = attempts.AddOrUpdate(what, 0, static (_, n) => n + 1);
        return Noise.Key(Noise.Key(seed, what), attempt);
    }

    private Reply Spoil(IService service, FaultKind kind, Reply reply, long nowMs, ulong key)
    {
        var variant = Noise.Below(key, 1_000);
        switch (kind)
        {
            case FaultKind.TooManyRequests:
                return service.TooManyRequests(nowMs, options.Faults.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null, variant);
            case FaultKind.ServerError:
                return service.ServerError((variant % 4) switch { 0 => 500, 1 => 502, 2 => 503, _ => 504 }, nowMs);
            case FaultKind.Html200:
                return Reply.Text(200, variant % 2 == 0 ? "text/html; charset=UTF-8" : reply.ContentType, "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser before you proceed</h1></body></html>");
            case FaultKind.Short:
                return reply with { Body = reply.Body[..(reply.Body.Length / 2)] };
            case FaultKind.Garbage:
                var noise = new NoiseStream(key);
                var bytes = new byte[256];
                for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)noise.NextBelow(256);
                return new Reply(200, reply.ContentType, bytes);
            case FaultKind.Empty:
                return new Reply(200, reply.ContentType, []);
            default:
                return reply;
        }
    }

    private async Task SendAsync(HttpContext context, Reply reply, FaultKind? fault = null)
    {
        if (fault == FaultKind.Reset)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers) response.Headers.Append(name, value);
        switch (fault)
        {
            case FaultKind.Truncate:
                await response.Body.WriteAsync(reply.Body.AsMemory(0, reply.Body.Length / 2), context.RequestAborted);
                // Fewer bytes than announced: the server closes the connection.
                await response.Body.FlushAsync(context.RequestAborted);
                break;
            case FaultKind.Slow:
                await DripAsync(response, reply.Body, context.RequestAborted);
                break;
            default:
                await response.Body.WriteAsync(reply.Body, context.RequestAborted);
                break;
        }
    }

    private async Task DripAsync(HttpResponse response, byte[] body, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Drips; i++)
        {
            await response.Body.WriteAsync(body.AsMemory(body.Length * i / Drips, (body.Length * (i + 1) / Drips) - (body.Length * i / Drips)), cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            await Task.Delay(options.Faults.SlowFor / Drips, TimeProvider.System, cancellationToken);
        }
    }

    private static string Redact(SimRequest request)
    {
        var query = string.Join('&', request.Query.Split('&').Where(p => !p.Contains("key=", StringComparison.OrdinalIgnoreCase)));
        return query.Length == 0 ? request.Path : $"{request.Path}?{query}";
    }
}
