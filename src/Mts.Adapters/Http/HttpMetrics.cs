using System.Diagnostics.Metrics;

namespace Mts.Adapters.Http;

/// <summary>What the REST services cost, as instruments of the meter <c>Mts.Http</c>, tagged with the service.</summary>
internal static class HttpMetrics
{
    private static readonly Meter Meter = new("Mts.Http");
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("mts.http.requests", description: "Tries that were answered, by status.");
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("mts.http.received", "By", "Decompressed bytes of answers.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("mts.http.retries", description: "Tries after the first one.");

    public static void Answered(string service, int status, int bytes)
    {
        var name = new KeyValuePair<string, object?>("service", service);
        Requests.Add(1, name, new("status", status));
        Bytes.Add(bytes, name);
    }

    public static void Retried(string service) => Retries.Add(1, new KeyValuePair<string, object?>("service", service));
}
