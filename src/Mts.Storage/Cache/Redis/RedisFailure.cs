using Mts.Core;

namespace Mts.Storage.Cache.Redis;

/// <summary>What went wrong with a server, in words that say what to do; never with a password.</summary>
internal static class RedisFailure
{
    private const string Service = "redis";

    public static ApiException Refused(string server, string error)
    {
        var code = error.Split(' ', 2)[0];
        var (meaning, isTransient) = Meaning(code, error);
        return new ApiException(Service, $"{server} {meaning} ({error}).") { Code = code, IsTransient = isTransient };
    }

    public static ApiConnectionException NoConnection(string server, Exception cause) => new(Service, $"{server} cannot be reached: {Words(cause)}.", cause);

    public static ApiConnectionException Lost(string server, string why, Exception? cause = null) => new(Service, $"the connection to {server} was lost: {why}.", cause);

    public static ApiTimeoutException NoAnswer(string server, string what, TimeSpan after) =>
        new(Service, $"{server} did not {what} within {after.TotalMilliseconds:0} ms; it hangs, is overloaded, or the limit is too short.");

    private static (string Meaning, bool IsTransient) Meaning(string code, string error) => code switch
    {
        "WRONGPASS" => ("refuses this user and password; correct them", false),
        "NOAUTH" => ("asks for a password; set one", false),
        "ERR" when error.Contains("AUTH <password>", StringComparison.Ordinal) || error.Contains("Client sent AUTH", StringComparison.Ordinal) => ("has no password, but one is set here; remove it", false),
        "NOPERM" => ("does not let this user do that; widen the user's rules", false),
        "DENIED" => ("is in protected mode and takes no strangers", false),
        "ERR" when error.Contains("DB index", StringComparison.Ordinal) => ("has no database of that number; correct the address", false),
        "ERR" when error.Contains("max number of clients", StringComparison.Ordinal) => ("has too many clients", true),
        "OOM" => ("is full and takes no more; raise its maxmemory or let it evict", true),
        "MISCONF" => ("cannot save its data and takes no more; look at its disk", true),
        "LOADING" => ("is still loading its data", true),
        "READONLY" => ("is a replica and takes no values; name the primary", false),
        "MOVED" or "ASK" => ("is part of a cluster, which is not supported", false),
        _ => ("refused a command", false),
    };

    private static string Words(Exception cause) => cause switch
    {
        System.Security.Authentication.AuthenticationException tls => $"TLS failed, {Innermost(tls).Message.TrimEnd('.')}",
        _ => Innermost(cause).Message.TrimEnd('.'),
    };

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
