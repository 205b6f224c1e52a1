using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Adapters.Http;
using Mts.Core;

namespace Mts.IntegrationTests.Adapters;

public sealed class ServiceClientTests
{
    private const string Good = """{"rows":[[1704067200000,"42283.58"],[1704153600000,"44179.55"]]}""";

    private static readonly HttpOptions Quick = new() { RetryDelay = TimeSpan.FromMilliseconds(1), BreakerFailures = 100 };

    public static TheoryData<string> Faults => ["html", "empty", "cut", "cut-gzip", "cut-json", "double-gzip", "wrong-encoding", "reset", "reset-body", "500"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Gives_the_whole_answer_after_two_broken_ones(string fault)
    {
        await using var service = await LocalService.StartAsync(Quick, (n, context) => n <= 2 ? BreakAsync(fault, context) : context.Response.WriteAsync(Good));
        var answer = await service.GetAsync();
        Encoding.UTF8.GetString(answer.Body.Span).ShouldBe(Good);
        service.Requests.ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Ends_in_an_exception_of_the_family_where_the_fault_stays(string fault)
    {
        await using var service = await LocalService.StartAsync(Quick with { Retries = 1 }, (_, context) => BreakAsync(fault, context));
        var failure = await Should.ThrowAsync<ApiException>(service.GetAsync);
        failure.IsTransient.ShouldBeTrue();
        failure.Message.ShouldStartWith("local: /thing: ");
        service.Requests.ShouldBe(2);
    }

    [Fact]
    public async Task Gives_up_a_body_that_drips_for_ever_and_frees_the_connection()
    {
        var freed = new TaskCompletionSource();
        await using var service = await LocalService.StartAsync(
            Quick with { TryTimeout = TimeSpan.FromSeconds(2), Retries = 0, MaxConnections = 1 },
            async (n, context) =>
            {
                if (n > 1)
                {
                    await context.Response.WriteAsync(Good);
                    return;
                }

                await context.Response.WriteAsync("[");
                _ = context.RequestAborted.Register(freed.SetResult);
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.WriteAsync(" ", CancellationToken.None);
                    await context.Response.Body.FlushAsync(CancellationToken.None);
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                }
            });
        _ = await Should.ThrowAsync<ApiTimeoutException>(service.GetAsync);
        await freed.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        (await service.GetAsync()).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Decompresses(string encoding)
    {
        await using var service = await LocalService.StartAsync(Quick, (_, context) =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return context.Response.Body.WriteAsync(Compress(encoding, Encoding.UTF8.GetBytes(Good))).AsTask();
        });
        Encoding.UTF8.GetString((await service.GetAsync()).Body.Span).ShouldBe(Good);
    }

    [Fact]
    public async Task Stops_reading_a_small_body_that_swells_beyond_the_cap()
    {
        var bomb = Compress("gzip", new byte[50_000_000]);
        bomb.Length.ShouldBeLessThan(100_000);
        await using var service = await LocalService.StartAsync(Quick with { MaxBodyBytes = 1_000_000 }, (_, context) =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(bomb).AsTask();
        });
        (await Should.ThrowAsync<ApiException>(service.GetAsync)).Message.ShouldContain("1000000 bytes (http.maxBodyBytes)");
        service.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Follows_no_redirect()
    {
        await using var elsewhere = await LocalService.StartAsync(Quick, (_, context) => context.Response.WriteAsync(Good));
        var target = elsewhere.Address.AbsoluteUri;
        await using var service = await LocalService.StartAsync(Quick, (_, context) =>
        {
            context.Response.Redirect(target);
            return Task.CompletedTask;
        });
        var failure = await Should.ThrowAsync<ApiException>(service.GetAsync);
        (failure.Status, failure.IsTransient).ShouldBe((302, false));
        failure.Message.ShouldContain("redirected");
        elsewhere.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Opens_no_more_connections_than_allowed()
    {
        var inside = 0;
        var most = 0;
        var full = new TaskCompletionSource();
        await using var service = await LocalService.StartAsync(Quick with { MaxConnections = 3 }, async (_, context) =>
        {
            var now = Interlocked.Increment(ref inside);
            most = Math.Max(most, now);
            if (now == 3) full.TrySetResult();
            await full.Task;
            Interlocked.Decrement(ref inside);
            await context.Response.WriteAsync(Good);
        });
        _ = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => service.GetAsync()));
        most.ShouldBe(3);
        service.Requests.ShouldBe(12);
    }

    [Fact]
    public async Task Says_that_nobody_listens_and_then_asks_no_more()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var options = new ServiceOptions { Name = "gone", BaseAddress = new Uri($"http://127.0.0.1:{port}"), Budget = new RateBudget() };
        using var client = new ServiceClient(options, Quick with { BreakerFailures = 4 }, TimeProvider.System, new Random(1), NullLogger.Instance);
        var failure = await Should.ThrowAsync<ApiConnectionException>(() => client.GetAsync("/thing", [], 1, TestContext.Current.CancellationToken));
        failure.Message.ShouldContain($"127.0.0.1:{port}");
        client.Breaker.State.ShouldBe(BreakerState.Open);
        (await Should.ThrowAsync<ApiConnectionException>(() => client.GetAsync("/thing", [], 1, TestContext.Current.CancellationToken))).Message.ShouldContain("not asked");
    }

    private static async Task BreakAsync(string fault, HttpContext context)
    {
        var response = context.Response;
        var body = Encoding.UTF8.GetBytes(Good);
        response.ContentType = "application/json";
        switch (fault)
        {
            case "html":
                await response.WriteAsync("<!doctype html><title>Just a moment…</title>");
                break;
            case "empty":
                break;
            case "500":
                response.StatusCode = 500;
                await response.WriteAsync("upstream connect error");
                break;
            case "cut-json":
                await response.Body.WriteAsync(body.AsMemory(0, 30));
                break;
            case "cut-gzip":
                response.Headers.ContentEncoding = "gzip";
                await response.Body.WriteAsync(Compress("gzip", body).AsMemory(0, 40));
                break;
            case "double-gzip":
                response.Headers.ContentEncoding = "gzip";
                await response.Body.WriteAsync(Compress("gzip", Compress("gzip", body)));
                break;
            case "wrong-encoding":
                response.Headers.ContentEncoding = "gzip";
                await response.Body.WriteAsync(body);
                break;
            case "cut":
                response.ContentLength = body.Length;
                await response.Body.WriteAsync(body.AsMemory(0, 30));
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "reset-body":
                await response.Body.WriteAsync(body.AsMemory(0, 30));
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "reset":
                context.Abort();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "unknown fault");
        }
    }

    private static byte[] Compress(string encoding, byte[] plain)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
            _ => new GZipStream(packed, CompressionLevel.Optimal),
        })
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }
}
