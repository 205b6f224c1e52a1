using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Http;

namespace Mts.UnitTests.Adapters;

/// <summary>A client whose answers are computed from the path and query of each request.</summary>
internal sealed class RoutedService : IDisposable
{
    private readonly ScriptedHandler handler;

    public RoutedService(ServiceOptions options, ManualTimeProvider clock, Func<Uri, (int Status, string Body)> answer)
    {
        handler = new ScriptedHandler(clock, (request, _) =>
        {
            var (status, body) = answer(request.RequestUri!);
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) });
        });
        Client = new ServiceClient(options, new HttpOptions { Retries = 0 }, clock, new Random(1), NullLogger.Instance, handler);
    }

    public ServiceClient Client { get; }

    public IEnumerable<string> Asked => handler.Requests.Select(r => Uri.UnescapeDataString(r.Request.RequestUri!.PathAndQuery));

    public HttpRequestHeaders LastHeaders => handler.Requests[^1].Request.Headers;

    public void Dispose()
    {
        Client.Dispose();
        handler.Dispose();
    }
}
