using System.Globalization;
using Mts.Core;

namespace Mts.Storage.Cache.Redis;

/// <summary>Where a server is and as whom to come: <c>redis://user:password@host:6379/0</c>, <c>rediss://…</c> for TLS.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Database">0 unless said.</param>
/// <param name="IsTls">Whether the connection is encrypted.</param>
/// <param name="User">Null for the default user.</param>
/// <param name="Password">Null where the address has none.</param>
public sealed record RedisAddress(string Host, int Port, int Database, bool IsTls, string? User, string? Password)
{
    private const string Form = "write it like redis://host:6379/0, or rediss://host:6380/0 for TLS";

    /// <exception cref="ConfigurationException">The text is no such address; the message does not repeat it, because it may hold a password.</exception>
    public static RedisAddress Parse(string text)
    {
        var isTls = text.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !text.StartsWith("redis://", StringComparison.OrdinalIgnoreCase)) throw Wrong("begins with neither redis:// nor rediss://");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0) throw Wrong("names no host");
        if (uri.Port == 0) throw Wrong("has port 0");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0) throw Wrong("has a ? or # part, which means nothing here");
        var path = uri.AbsolutePath.Trim('/');
        var database = 0;
        if (path.Length > 0 && !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database)) throw Wrong("ends in something that is no database number");
        var (user, password) = Credentials(uri.UserInfo);
        return new RedisAddress(uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : 6_379, database, isTls, user, password);
    }

    /// <summary>Without user and password.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static (string? User, string? Password) Credentials(string info)
    {
        if (info.Length == 0) return (null, null);
        var colon = info.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(colon < 0 ? info : info[..colon]);
        return (user.Length == 0 ? null : user, colon < 0 ? null : Uri.UnescapeDataString(info[(colon + 1)..]));
    }

    private static ConfigurationException Wrong(string what) => new($"the address {what}; {Form}");
}
