using Mts.Cli.Configuration;

namespace Mts.Cli.CommandLine;

/// <summary>What a failed run tells its caller: the one place where errors become exit codes and words.</summary>
/// <param name="Kind">One word for programs: <c>usage</c>, <c>configuration</c>, <c>data</c>, <c>service</c>, <c>busy</c>, …</param>
/// <param name="Message">What happened, to what, and what to do.</param>
/// <param name="ExitCode">See <see cref="CommandLine.ExitCode"/>.</param>
internal sealed record Failure(string Kind, string Message, int ExitCode)
{
    public static Failure Of(Exception cause) => cause switch
    {
        OperationCanceledException => new("interrupted", "interrupted; what was finished is kept.", CommandLine.ExitCode.Interrupted),
        UsageException => new("usage", cause.Message, CommandLine.ExitCode.Usage),
        SettingsException or ConfigurationException => new("configuration", cause.Message, CommandLine.ExitCode.Usage),
        BacktestDataException => new("data", cause.Message, CommandLine.ExitCode.Data),
        DataValidationException => new("data", cause.Message, CommandLine.ExitCode.Data),
        ApiRateLimitException => new("rate_limit", cause.Message, CommandLine.ExitCode.Service),
        ApiTimeoutException => new("timeout", cause.Message, CommandLine.ExitCode.Service),
        ApiConnectionException => new("connection", cause.Message, CommandLine.ExitCode.Service),
        ApiException => new("service", cause.Message, CommandLine.ExitCode.Service),
        StoreBusyException => new("busy", cause.Message, CommandLine.ExitCode.Busy),
        StorageException => new("storage", cause.Message, CommandLine.ExitCode.Failed),
        StrategyException => new("strategy", cause.Message, CommandLine.ExitCode.Failed),
        MtsException => new("failed", cause.Message, CommandLine.ExitCode.Failed),
        UnauthorizedAccessException => new("file", $"{cause.Message} Change its permissions, or choose another place; --data-dir names another folder of the data.", CommandLine.ExitCode.Failed),
        IOException => new("file", cause.Message, CommandLine.ExitCode.Failed),
        AggregateException { InnerExceptions: [var only] } => Of(only),
        _ => new("bug", $"this is a fault in mts: {cause.GetType().Name}: {cause.Message} Run it again with -v for the details, and please report them.", CommandLine.ExitCode.Failed),
    };
}
