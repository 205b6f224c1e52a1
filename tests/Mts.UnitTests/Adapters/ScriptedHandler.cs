using System.Net;
using System.Net.Http.Headers;

namespace Mts.UnitTests.Adapters;

/// <summary>A service that gives prepared answers in turn, the last one for ever, and notes what it was asked and when.</summary>
internal sealed class ScriptedHandler(TimeProvider clock, params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] script) : HttpMessageHandler
{
    private readonly Lock sync = new();

    public List<(DateTimeOffset Time, HttpRequestMessage Request)> Requests { get; } = [];

    public double[] SecondsBetween => [.. Requests.Zip(Requests.Skip(1), (a, b) => (b.Time - a.Time).TotalSeconds)];

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer(
        int status, string body, params (string Name, string Value)[] headers) => (_, _) =>
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        foreach (var (name, value) in headers) answer.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        return Task.FromResult(answer);
    };

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Throws(Exception failure) => (_, _) => throw failure;

    public static Task<HttpResponseMessage> Hang(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        _ = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return never.Task;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int turn;
        lock (sync)
        {
            turn = Requests.Count;
            Requests.Add((clock.GetUtcNow(), request));
        }

        return script[Math.Min(turn, script.Length - 1)](request, cancellationToken);
    }
}
