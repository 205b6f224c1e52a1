using Microsoft.Extensions.Logging;
using Mts.Cli.Configuration;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;

namespace Mts.Cli.Logging;

/// <summary>The log of one run: <c>mts.log</c>, errors in <c>errors.log</c> as well, warnings on standard error.</summary>
internal sealed class LogFiles : IDisposable
{
    private readonly NLog.LogFactory factory = new();
    private readonly NLogLoggerFactory loggers;

    /// <param name="settings">The section <c>logging</c>.</param>
    /// <param name="folder">Absolute; made when missing.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="redactor">Takes the secrets out of every line.</param>
    /// <param name="verbose">Lowers the level of standard error to Information.</param>
    public LogFiles(LoggingSettings settings, string folder, TextWriter error, Redactor redactor, bool verbose)
    {
        Directory.CreateDirectory(folder);
        var layout = new RedactedLayout(settings.Format == "json" ? JsonLine() : TextLine, redactor);
        var configuration = new LoggingConfiguration(factory);
        var all = File("mts", folder, layout, settings);
        var errors = File("errors", folder, layout, settings);
        var console = new WriterTarget(error) { Name = "stderr", Layout = new RedactedLayout("${level:lowercase=true}: ${message}", redactor) };
        var consoleLevel = verbose && settings.ConsoleLevel > LogLevel.Information ? LogLevel.Information : settings.ConsoleLevel;
        foreach (var (category, level) in settings.Levels.OrderByDescending(l => l.Key.Length))
        {
            configuration.AddRule(Of(level), NLog.LogLevel.Fatal, all, category + "*");
            configuration.AddRule(Of(Larger(level, consoleLevel)), NLog.LogLevel.Fatal, console, category + "*");
            configuration.AddRule(NLog.LogLevel.Error, NLog.LogLevel.Fatal, errors, category + "*");
            configuration.LoggingRules.Add(new LoggingRule(category + "*", NLog.LogLevel.Trace, NLog.LogLevel.Fatal, new NullTarget()) { Final = true });
        }

        configuration.AddRule(Of(settings.Level), NLog.LogLevel.Fatal, all);
        configuration.AddRule(Of(consoleLevel), NLog.LogLevel.Fatal, console);
        configuration.AddRule(NLog.LogLevel.Error, NLog.LogLevel.Fatal, errors);
        factory.Configuration = configuration;
        loggers = new NLogLoggerFactory(new NLogLoggerProvider(new NLogProviderOptions(), factory));
    }

    private static Layout TextLine => "${date:universalTime=true:format=yyyy-MM-dd'T'HH\\:mm\\:ss.fff'Z'} ${level:uppercase=true:padding=-5} ${logger} ${message}${onexception:${newline}${exception:format=tostring}}";

    public ILoggerFactory Loggers => loggers;

    public void Dispose()
    {
        loggers.Dispose();
        factory.Shutdown();
    }

    private static FileTarget File(string name, string folder, Layout layout, LoggingSettings settings) => new(name)
    {
        FileName = Path.Combine(folder, name + ".log"),
        Layout = layout,
        ArchiveAboveSize = settings.MaxFileMegabytes * 1_048_576L,
        MaxArchiveFiles = settings.MaxFiles,
        // Several runs may write at once; each line goes to where the file ends then.
        KeepFileOpen = false,
        CreateDirs = true,
    };

    private static JsonLayout JsonLine() => new()
    {
        IncludeEventProperties = true,
        IncludeScopeProperties = true,
        Attributes =
        {
            new JsonAttribute("time", "${date:universalTime=true:format=yyyy-MM-dd'T'HH\\:mm\\:ss.fff'Z'}"),
            new JsonAttribute("level", "${level:lowercase=true}"),
            new JsonAttribute("category", "${logger}"),
            new JsonAttribute("message", "${message}"),
            new JsonAttribute("exception", "${exception:format=tostring}"),
        },
    };

    private static LogLevel Larger(LogLevel a, LogLevel b) => a > b ? a : b;

    private static NLog.LogLevel Of(LogLevel level) => level switch
    {
        LogLevel.Trace => NLog.LogLevel.Trace,
        LogLevel.Debug => NLog.LogLevel.Debug,
        LogLevel.Information => NLog.LogLevel.Info,
        LogLevel.Warning => NLog.LogLevel.Warn,
        LogLevel.Error => NLog.LogLevel.Error,
        LogLevel.Critical => NLog.LogLevel.Fatal,
        _ => NLog.LogLevel.Off,
    };
}
