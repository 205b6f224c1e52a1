using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Mts.Cli.Configuration;
using Mts.Cli.Logging;
using Mts.Cli.Output;

namespace Mts.Cli;

/// <summary>What one run of a verb works with; everything is made when it is first asked for.</summary>
internal sealed class Session : IDisposable
{
    private readonly Lazy<LoadedSettings> loaded;
    private readonly Lazy<AssetCatalog> assets;
    private readonly Lazy<LogFiles?> logs;
    private Redactor redactor = Redactor.None;

    public Session(CliHost host, SessionOptions options)
    {
        Host = host;
        Options = options;
        Output = new ResultOutput(host, options.Json, text => redactor.Apply(text));
        loaded = new(Load);
        assets = new(() => AssetFile.Load(ConfigDirectory));
        logs = new(OpenLogs);
        Metrics = new RunMetrics(host.Clock);
    }

    public CliHost Host { get; }

    public SessionOptions Options { get; }

    public ResultOutput Output { get; }

    public RunMetrics Metrics { get; }

    /// <summary>Held by whoever writes the CSV files beside the store.</summary>
    public Lock MirrorTurn { get; } = new();

    public TimeProvider Clock => Host.Clock;

    /// <exception cref="SettingsException">Lists everything that is wrong.</exception>
    public LoadedSettings Loaded => loaded.Value;

    public Settings Settings => loaded.Value.Settings;

    public AssetCatalog Assets => assets.Value;

    /// <summary>Opens the log files when first asked for: only verbs that do work do.</summary>
    public ILoggerFactory Loggers => logs.Value?.Loggers ?? NullLoggerFactory.Instance;

    /// <summary>Absolute; may not exist yet.</summary>
    public string DataDirectory => Path.GetFullPath(Settings.Storage.DataDir, Host.CurrentDirectory);

    public string ConfigDirectory => field ??= ConfigFolder.Find(Host, Options.Config);

    /// <summary>Absolute; made when the log is opened.</summary>
    public string LogDirectory => Settings.Logging.Directory is { Length: > 0 } named
        ? Path.GetFullPath(named, Host.CurrentDirectory)
        : Path.Combine(Path.GetDirectoryName(DataDirectory) ?? DataDirectory, "logs");

    /// <summary>Notes the end of the run in the log, where one was opened.</summary>
    public void Finish(string verb, int exitCode, Exception? failure)
    {
        if (!logs.IsValueCreated) return;
        var log = Loggers.CreateLogger("Mts.Cli");
        if (failure is not null and not OperationCanceledException) log.LogError(failure, "{Verb} failed", verb);
        Loggers.CreateLogger("Mts.Metrics").LogInformation("{Metrics}", Metrics.Line(verb, exitCode));
    }

    public void Dispose()
    {
        if (logs.IsValueCreated) logs.Value?.Dispose();
    }

    // A place where nothing can be written has no log; that is no reason not to read there.
    private LogFiles? OpenLogs()
    {
        try
        {
            return new LogFiles(Settings.Logging, LogDirectory, Host.Error, redactor, Options.Verbose);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            Output.Note($"warning: no log is written: {closed.Message}");
            return null;
        }
    }

    private LoadedSettings Load()
    {
        List<(string, string, string)> commandLine = Options.DataDir is { } dir ? [("storage.dataDir", dir, "--data-dir")] : [];
        var result = SettingsLoader.Load(ConfigDirectory, Options.Environment, Host.Variables, commandLine);
        redactor = new Redactor(result.Secrets);
        return result;
    }
}

/// <summary>The global options as given.</summary>
internal sealed record SessionOptions
{
    public string? Config { get; init; }

    public string? DataDir { get; init; }

    public string? Environment { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }
}
