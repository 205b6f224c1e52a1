using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mts.Simulator.Http;

namespace Mts.Simulator.Notifications;

/// <summary>A receiver by Standard Webhooks 1.0.0: checks signature and time, and takes an id once.</summary>
internal sealed class WebhookFace(NotificationSimulatorOptions options) : INotificationFace
{
    private const int Tolerance = 300;

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    public string Name => "webhook";

    public Reply Answer(PostRequest request, out string? taken)
    {
        taken = null;
        if (request.Path != "/hook") return Refuse(404, 0);
        var (id, time, signatures) = (request.Header("webhook-id"), request.Header("webhook-timestamp"), request.Header("webhook-signature"));
        if (id is null or "" || id.Contains('.', StringComparison.Ordinal) || signatures is null) return Say(400, "headers missing");
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs((request.NowMs / 1_000) - seconds) > Tolerance) return Say(400, "timestamp");
        if (!IsSigned($"{id}.{time}.", request.Body, signatures)) return Say(401, "signature");
        if (request.Json() is not { } body || body.Text("type").Length == 0) return Say(400, "body");
        if (ids.Add(id)) taken = body.TryGetProperty("data", out var data) ? data.Text("title") : "";
        return new Reply(204, "text/plain", []);
    }

    public Reply Refuse(int status, double waitSeconds)
    {
        var reply = Say(status, "no");
        return status == 429 ? reply.With("Retry-After", Math.Ceiling(waitSeconds).ToString(CultureInfo.InvariantCulture)) : reply;
    }

    private bool IsSigned(string head, byte[] body, string signatures)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(options.WebhookSecret["whsec_".Length..]));
        hmac.AppendData(Encoding.UTF8.GetBytes(head));
        hmac.AppendData(body);
        var wanted = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(hmac.GetHashAndReset()));
        return signatures.Split(' ').Any(s => CryptographicOperations.FixedTimeEquals(wanted, Encoding.ASCII.GetBytes(s)));
    }

    private static Reply Say(int status, string words) => Reply.Text(status, "text/plain", words);
}
