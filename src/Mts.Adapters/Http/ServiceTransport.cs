using System.Net;

namespace Mts.Adapters.Http;

/// <summary>Sends one request over pooled connections and reads the answer to its end.</summary>
internal sealed class ServiceTransport : IDisposable
{
    private static readonly string[] KeptHeaders = ["Content-Type", "Date", "Retry-After"];

    private readonly ServiceOptions service;
    private readonly HttpOptions options;
    private readonly TimeProvider clock;
    private readonly HttpMessageInvoker invoker;
    private readonly string root;

    public ServiceTransport(ServiceOptions service, HttpOptions options, TimeProvider clock, HttpMessageHandler? handler)
    {
        (this.service, this.options, this.clock) = (service, options, clock);
        root = service.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/');
        invoker = new HttpMessageInvoker(handler ?? PooledHandler(options));
    }

    /// <exception cref="ApiConnectionException">No connection, or the answer broke off.</exception>
    /// <exception cref="ApiException">The body is larger than allowed.</exception>
    public async ValueTask<ServiceResponse> SendAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, root + request.Path + ServiceRequest.QueryText(request.Query.Concat(service.SecretQuery)));
        message.Headers.Add("Accept", "application/json");
        message.Headers.Add("User-Agent", "mts/0.1");
        foreach (var (name, value) in service.SecretHeaders) message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await invoker.SendAsync(message, cancellationToken);
            var body = await ReadAsync(answer.Content, request, cancellationToken);
            return new ServiceResponse(root + request, (int)answer.StatusCode, body, Keep(answer), Timestamp.Now(clock));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or InvalidDataException)
        {
            throw new ApiConnectionException(service.Name, $"{request}: {Reason(broken)}", broken);
        }
    }

    public void Dispose() => invoker.Dispose();

    private static SocketsHttpHandler PooledHandler(HttpOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.MaxConnections,
        PooledConnectionLifetime = options.ConnectionLifetime,
        UseCookies = false,
    };

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, ServiceRequest request, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1_024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + count > options.MaxBodyBytes)
                throw new ApiException(service.Name, $"{request}: the answer is larger than {options.MaxBodyBytes} bytes (http.maxBodyBytes) and was not read.");
            body.Write(buffer, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private Dictionary<string, string> Keep(HttpResponseMessage answer)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in KeptHeaders.Concat(service.UsedWeightHeaders).Concat(service.FaultHeaders))
        {
            // NonValidated keeps a malformed Retry-After as it came.
            if (answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values))
                kept[name] = values.ToString();
        }

        return kept;
    }

    // The inner exceptions say which end broke; the outer one often only that something did.
    private static string Reason(Exception broken) => broken.InnerException is { } inner ? $"{broken.Message.TrimEnd('.')} ({inner.Message})" : broken.Message;
}
