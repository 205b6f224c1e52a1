using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mts.Core;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Notifications;

/// <summary>The four channels of alerts, listening on loopback, with their rules, faults by script and a ledger of their own.</summary>
public sealed class NotificationSimulator : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> scripts = new(StringComparer.Ordinal);
    private readonly Dictionary<int, INotificationFace> faces = [];
    private readonly Lock turn = new();

    private NotificationSimulator(WebApplication app, NotificationSimulatorOptions options) => (this.app, Options) = (app, options);

    public NotificationSimulatorOptions Options { get; }

    /// <summary>The whole address of the webhook.</summary>
    public Uri Discord { get; private set; } = new("about:blank");

    /// <summary>Stands for https://api.telegram.org.</summary>
    public Uri Telegram { get; private set; } = new("about:blank");

    /// <summary>The whole address of the webhook.</summary>
    public Uri Slack { get; private set; } = new("about:blank");

    /// <summary>The receiver's address.</summary>
    public Uri Webhook { get; private set; } = new("about:blank");

    public NotificationLedger Ledger { get; } = new();

    /// <exception cref="ConfigurationException">A port is taken.</exception>
    public static async Task<NotificationSimulator> StartAsync(NotificationSimulatorOptions options, CancellationToken cancellationToken)
    {
        var server = Build(options);
        var simulator = new NotificationSimulator(server, options);
        server.Run(simulator.HandleAsync);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new ConfigurationException($"the simulated channels cannot listen on ports {options.Port} to {options.Port + 3}: {e.Message}", e);
        }

        simulator.Open([.. server.Urls.Select(a => new Uri(a))]);
        return simulator;
    }

    /// <summary>The next requests to a channel fail so, one after the other, before its own rules apply again.</summary>
    /// <param name="face">discord, telegram, slack or webhook.</param>
    /// <param name="faults">A status (<c>404</c>, <c>500</c>), <c>429:SECONDS</c>, <c>reset</c>, <c>silent</c> (no answer until the client gives up), <c>redirect</c> or <c>ok</c>.</param>
    public void Script(string face, params IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) scripts.GetOrAdd(face, _ => new ConcurrentQueue<string>()).Enqueue(fault);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static WebApplication Build(NotificationSimulatorOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            for (var i = 0; i < 4; i++) kestrel.Listen(IPAddress.Loopback, options.Port == 0 ? 0 : options.Port + i, l => l.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton<IHostLifetime, ForeignLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        return builder.Build();
    }

    private void Open(IReadOnlyList<Uri> addresses)
    {
        INotificationFace[] all = [new DiscordFace(Options), new TelegramFace(Options), new SlackFace(Options), new WebhookFace(Options)];
        for (var i = 0; i < all.Length; i++) faces[addresses[i].Port] = all[i];
        Discord = new Uri(addresses[0], $"/api/v10/webhooks/{Options.DiscordId}/{Options.DiscordToken}");
        Telegram = addresses[1];
        Slack = new Uri(addresses[2], Options.SlackPath);
        Webhook = new Uri(addresses[3], "/hook");
    }

    private async Task HandleAsync(HttpContext context)
    {
        var face = faces[context.Connection.LocalPort];
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new PostRequest(
            context.Request.Path.Value ?? "/", context.Request.QueryString.Value?.TrimStart('?') ?? "", body.ToArray(),
            name => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, Options.Clock.NowMs());
        var fault = scripts.TryGetValue(face.Name, out var script) && script.TryDequeue(out var next) && next != "ok" ? next : null;
        string? taken = null;
        Reply reply;
        lock (turn)
        {
            reply = fault is not null ? Faulty(face, fault)
                : HttpMethods.IsPost(context.Request.Method) ? face.Answer(request, out taken)
                : Reply.Text(405, "text/plain", "Method Not Allowed");
            Ledger.Add(new NotificationEntry(Options.Clock.GetUtcNow(), face.Name, reply.Status, fault, taken));
        }

        await SendAsync(context, reply, fault);
    }

    private static Reply Faulty(INotificationFace face, string fault)
    {
        if (fault is "reset" or "silent") return new Reply(0, "", []);
        if (fault == "redirect") return Reply.Text(302, "text/plain", "").With("Location", "http://127.0.0.1:9/");
        var parts = fault.Split(':');
        return face.Refuse(int.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
    }

    private static async Task SendAsync(HttpContext context, Reply reply, string? fault)
    {
        if (fault == "silent") await context.RequestAborted.WhenCancelledAsync();
        if (reply.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) context.Response.Headers.Append(name, value);
        if (reply.Body.Length == 0) return;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }
}
