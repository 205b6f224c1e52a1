using System.Net;
using System.Text;
using Mts.Adapters.Http;

namespace Mts.Adapters.Notifications;

/// <summary>Posts one JSON body to one address whose path is a secret; tries once, follows nothing.</summary>
/// <remarks>The resilience pipeline of the readers retries by itself, which must not happen to messages; here the queue of the channel decides.</remarks>
internal sealed class Poster : IDisposable
{
    private const int LongestAnswer = 64 * 1_024;
    private static readonly string[] KeptHeaders = ["Retry-After", "X-RateLimit-Remaining", "X-RateLimit-Reset-After", "Content-Type"];

    private readonly TimeSpan timeout;
    private readonly TimeProvider clock;
    private readonly HttpMessageInvoker invoker;

    /// <param name="timeout">For one try from the request to the last byte.</param>
    /// <param name="clock">The timeout runs on it.</param>
    /// <param name="handler">Replaces the connections, in tests.</param>
    /// <param name="publicOnly">Refuse to connect to this machine and private networks.</param>
    public Poster(TimeSpan timeout, TimeProvider clock, HttpMessageHandler? handler = null, bool publicOnly = false)
    {
        (this.timeout, this.clock) = (timeout, clock);
        invoker = new HttpMessageInvoker(handler ?? Handler(timeout, publicOnly));
    }

    public async Task<PostAnswer> PostAsync(Uri address, ReadOnlyMemory<byte> body, IReadOnlyList<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        message.Content.Headers.Add("Content-Type", "application/json");
        message.Headers.Add("User-Agent", "mts/0.1");
        foreach (var (name, value) in headers) message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await invoker.SendAsync(message, either.Token);
            return new PostAnswer((int)answer.StatusCode, await ReadAsync(answer.Content, either.Token), Keep(answer), clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return PostAnswer.None($"no answer within {timeout.TotalSeconds} s (notifications.timeout)");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            if (Inner<PrivateAddressException>(broken) is { } refused) return PostAnswer.None(refused.Message) with { IsForbidden = true };
            // The outer message may quote the address, the inner one says what broke.
            return PostAnswer.None($"no connection: {(broken.InnerException ?? broken).Message}");
        }
    }

    public void Dispose() => invoker.Dispose();

    private static SocketsHttpHandler Handler(TimeSpan timeout, bool publicOnly) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        UseProxy = !publicOnly,
        ConnectCallback = publicOnly ? PublicAddress.ConnectAsync : null,
    };

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LongestAnswer];
        var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    private static Dictionary<string, string> Keep(HttpResponseMessage answer)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in KeptHeaders)
        {
            if (answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values)) kept[name] = values.ToString();
        }

        return kept;
    }

    private static T? Inner<T>(Exception? failure)
        where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is T found) return found;
        }

        return null;
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">0 where nothing did.</param>
/// <param name="Body">At most 64 KiB of it.</param>
/// <param name="Headers">The few that matter, found in any case.</param>
/// <param name="Received">When.</param>
internal sealed record PostAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers, DateTimeOffset Received)
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>Why nothing came back.</summary>
    public string? Failure { get; private init; }

    /// <summary>The address may not be asked at all.</summary>
    public bool IsForbidden { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>What the header of that name asks for.</summary>
    public TimeSpan? RetryAfterHeader => RetryAfter.Parse(Headers.GetValueOrDefault("Retry-After"), Received) is { } wait && wait >= TimeSpan.Zero ? wait : null;

    public static PostAnswer None(string failure) => new(0, "", NoHeaders, default) { Failure = failure };

    /// <summary>The start of the body on one line.</summary>
    public string Sample => Body.Length == 0 ? "(nothing)" : string.Concat(Body.Take(200).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
