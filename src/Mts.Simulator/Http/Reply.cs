using System.Text;

namespace Mts.Simulator.Http;

/// <summary>A whole answer, ready to be sent or spoilt.</summary>
internal sealed record Reply(int Status, string ContentType, byte[] Body)
{
    public List<(string Name, string Value)> Headers { get; } = [];

    public static Reply Text(int status, string contentType, string body) => new(status, contentType, Encoding.UTF8.GetBytes(body));

    public Reply With(string header, string value)
    {
        Headers.Add((header, value));
        return this;
    }
}

/// <summary>A request that the service refuses, in its own shape; thrown where the fault is found, answered where the service begins.</summary>
internal sealed class RefusalException(Reply reply) : Exception("The simulated service refuses the request.")
{
    public Reply Reply { get; } = reply;
}

/// <summary>One simulated service.</summary>
internal interface IService
{
    /// <summary>As in fault plans and the ledger: binance, usdm, bybit, coingecko, coingecko-pro, fred.</summary>
    string Name { get; }

    Reply Answer(SimRequest request);

    /// <summary>The service's answer to too many requests.</summary>
    /// <param name="nowMs">The simulator's time.</param>
    /// <param name="retryAfterSeconds">What it tells the client to wait; null where it says nothing.</param>
    /// <param name="variant">Chooses among the shapes the service is known to use.</param>
    Reply TooManyRequests(long nowMs, int? retryAfterSeconds, int variant);

    /// <summary>The service's answer when it is broken itself.</summary>
    Reply ServerError(int status, long nowMs);
}
