using Mts.Cli.CommandLine;
using Mts.Core;

namespace Mts.UnitTests.Cli;

public class FailureTests
{
    public static TheoryData<Exception, int, string> Cases => new()
    {
        { new UsageException("x"), 2, "usage" },
        { new ConfigurationException("x"), 2, "configuration" },
        { new BacktestDataException("x"), 3, "data" },
        { new DataValidationException("x"), 3, "data" },
        { new ApiException("fred", "x"), 4, "service" },
        { new ApiRateLimitException("binance", "x"), 4, "rate_limit" },
        { new ApiTimeoutException("binance", "x"), 4, "timeout" },
        { new ApiConnectionException("binance", "x"), 4, "connection" },
        { new StoreBusyException("x"), 5, "busy" },
        { new StorageException("x"), 1, "storage" },
        { new StrategyException("x"), 1, "strategy" },
        { new ExecutionException("x"), 1, "failed" },
        { new IOException("x"), 1, "file" },
        { new UnauthorizedAccessException("x"), 1, "file" },
        { new OperationCanceledException(), 130, "interrupted" },
        { new TaskCanceledException(), 130, "interrupted" },
        { new InvalidOperationException("x"), 1, "bug" },
        { new AggregateException(new StoreBusyException("x")), 5, "busy" },
    };

    [Fact]
    public void A_place_that_is_closed_names_the_remedy() => Failure.Of(new UnauthorizedAccessException("no.")).Message.ShouldBe("no. Change its permissions, or choose another place; --data-dir names another folder of the data.");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Has_the_promised_exit_code(Exception cause, int exitCode, string kind)
    {
        var failure = Failure.Of(cause);

        failure.ExitCode.ShouldBe(exitCode);
        failure.Kind.ShouldBe(kind);
        failure.Message.ShouldNotContain("   at ");
    }
}
