using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mts.Adapters.Notifications;

/// <summary>The symmetric signature of Standard Webhooks 1.0.0: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    /// <returns>Null where the text is not <c>whsec_</c> and the base64 of 24 to 64 bytes.</returns>
    public static byte[]? Key(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var buffer = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], buffer, out var length) && length is >= 24 and <= 64 ? buffer[..length] : null;
    }

    /// <returns>The header <c>webhook-signature</c>: one entry per key, so that receivers go by either while it is changed.</returns>
    public static string Header(IEnumerable<byte[]> keys, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}.")), .. body];
        return string.Join(' ', keys.Select(k => "v1," + Convert.ToBase64String(HMACSHA256.HashData(k, signed))));
    }
}
