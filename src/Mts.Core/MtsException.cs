namespace Mts.Core;

/// <summary>A failure outside the program or in its input. A bug throws <see cref="ArgumentException"/> or <see cref="InvalidOperationException"/> instead.</summary>
public abstract class MtsException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>A service outside did not answer as it should.</summary>
/// <param name="source">The service, for instance <c>binance</c>.</param>
/// <param name="message">What happened, to what, and what to do.</param>
/// <param name="cause">The failure below, if any.</param>
public class ApiException(string source, string message, Exception? cause = null)
    : MtsException($"{source}: {message}", cause)
{
    /// <summary>The service that failed.</summary>
    public string Service { get; } = source;

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; init; }

    /// <summary>The service's own error code, where it gave one (-1121, 10006).</summary>
    public string? Code { get; init; }

    /// <summary>The beginning of a refusal's body, at most 64 KiB of it; null where it was not kept.</summary>
    public string? Body { get; init; }

    /// <summary>True where the same request may succeed later without anybody changing anything.</summary>
    public virtual bool IsTransient { get; init; }
}

/// <summary>The service asks to slow down, or has banned this address for a while.</summary>
/// <param name="source">The service.</param>
/// <param name="message">What happened.</param>
/// <param name="retryAfter">How long the service asked to wait; null when it did not say.</param>
/// <param name="cause">The failure below, if any.</param>
public sealed class ApiRateLimitException(string source, string message, TimeSpan? retryAfter = null, Exception? cause = null)
    : ApiException(source, message, cause)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>True for a ban (418, or 403 for frequency): no request may be sent before it ends.</summary>
    public bool IsBan { get; init; }

    public override bool IsTransient { get; init; } = true;
}

/// <summary>The service cannot be reached, or the answer broke off.</summary>
public sealed class ApiConnectionException(string source, string message, Exception? cause = null)
    : ApiException(source, message, cause)
{
    public override bool IsTransient { get; init; } = true;
}

/// <summary>The service did not answer in time.</summary>
public sealed class ApiTimeoutException(string source, string message, Exception? cause = null)
    : ApiException(source, message, cause)
{
    public override bool IsTransient { get; init; } = true;
}

/// <summary>Data that breaks its own rules: an answer for another symbol, a file that is no market data.</summary>
public class DataValidationException(string message, Exception? cause = null) : MtsException(message, cause);

/// <summary>The store cannot be opened, read or written.</summary>
public class StorageException(string message, Exception? cause = null) : MtsException(message, cause);

/// <summary>Another process holds the store's writer lock.</summary>
public sealed class StoreBusyException(string message, Exception? cause = null) : StorageException(message, cause);

/// <summary>Inputs are missing in the journal of a live session, which takes them again: what follows can be played again only from a new beginning.</summary>
public sealed class JournalHoleException(long inputs)
    : StorageException($"{inputs} inputs were not kept while the disk took nothing; the feeds begin anew, so that the journal can be played again from here.");

/// <summary>A backtest cannot be run or cannot go on.</summary>
public abstract class BacktestException(string message, Exception? cause = null) : MtsException(message, cause);

/// <summary>The data that a run needs is missing, has holes, or was refused.</summary>
public sealed class BacktestDataException(string message, Exception? cause = null) : BacktestException(message, cause);

/// <summary>A strategy threw, or emitted a signal that no engine can execute.</summary>
public sealed class StrategyException(string message, Exception? cause = null) : BacktestException(message, cause)
{
    /// <summary>Whose fault it is; null where that is not known.</summary>
    public string? Strategy { get; init; }
}

/// <summary>A setting, option or parameter is unknown or out of its range.</summary>
public sealed class ConfigurationException(string message, Exception? cause = null) : BacktestException(message, cause);

/// <summary>An order that cannot be executed.</summary>
public sealed class ExecutionException(string message, Exception? cause = null) : BacktestException(message, cause);
