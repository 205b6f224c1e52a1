using System.Text.Json;
using Microsoft.Extensions.Logging;
using Mts.Cli.Configuration;
using Mts.Cli.Logging;

namespace Mts.UnitTests.Cli;

public sealed class LogFilesTests : IDisposable
{
    private const string Secret = "s3cr\"t+key";
    private readonly CliRun run = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        run.Dispose();
        error.Dispose();
    }

    [Fact]
    public void Errors_stand_in_both_files()
    {
        Log(new LoggingSettings(), "Mts.Some", log =>
        {
            log.LogInformation("quiet {Count}", 3);
            log.LogError(new IOException("disk"), "loud");
        });

        Read("mts.log").ShouldContain("INFO  Mts.Some quiet 3");
        Read("mts.log").ShouldContain("ERROR Mts.Some loud");
        Read("errors.log").ShouldContain("System.IO.IOException: disk");
        Read("errors.log").ShouldNotContain("quiet");
        error.ToString().ShouldBe("error: loud\n");
    }

    [Fact]
    public void Json_has_one_object_per_line_with_properties()
    {
        Log(new LoggingSettings { Format = "json" }, "Mts.Some", log => log.LogWarning("slow {Service}", "fred"));

        using var line = JsonDocument.Parse(Read("mts.log").TrimEnd());
        line.RootElement.GetProperty("level").GetString().ShouldBe("warn");
        line.RootElement.GetProperty("category").GetString().ShouldBe("Mts.Some");
        line.RootElement.GetProperty("message").GetString().ShouldBe("slow fred");
        line.RootElement.GetProperty("Service").GetString().ShouldBe("fred");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Secrets_are_in_no_output(string format)
    {
        Log(new LoggingSettings { Format = format }, "Mts.Some", log => log.LogError(new IOException($"at ?api_key={Uri.EscapeDataString(Secret)}"), "key {Key}", Secret));

        foreach (var text in new[] { Read("mts.log"), Read("errors.log"), error.ToString() })
        {
            text.ShouldContain("***");
            text.ShouldNotContain("s3cr");
        }
    }

    [Fact]
    public void A_category_has_its_own_level()
    {
        var settings = new LoggingSettings { Levels = new Dictionary<string, LogLevel>(StringComparer.Ordinal) { ["Mts.Adapters"] = LogLevel.Error, ["Mts.Adapters.Fred"] = LogLevel.Debug } };

        Log(settings, "Mts.Adapters.Http", log => log.LogWarning("hidden"));
        Log(settings, "Mts.Adapters.Fred", log => log.LogDebug("shown"));
        Log(settings, "Mts.Other", log => log.LogInformation("other"));

        Read("mts.log").ShouldNotContain("hidden");
        Read("mts.log").ShouldContain("shown");
        Read("mts.log").ShouldContain("other");
    }

    [Fact]
    public void A_full_file_is_put_aside_and_only_so_many_are_kept()
    {
        var settings = new LoggingSettings { MaxFileMegabytes = 1, MaxFiles = 2 };

        Log(settings, "Mts.Some", log =>
        {
            var line = new string('x', 100_000);
            for (var i = 0; i < 60; i++) log.LogInformation("{Line}", line);
        });

        var files = Directory.GetFiles(run.Folder, "mts*.log");
        files.Length.ShouldBe(2);
        files.ShouldAllBe(f => new FileInfo(f).Length < 1_200_000);
    }

    private void Log(LoggingSettings settings, string category, Action<ILogger> write)
    {
        using var logs = new LogFiles(settings, run.Folder, error, new Redactor([Secret]), verbose: false);
        write(logs.Loggers.CreateLogger(category));
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(run.Folder, name));
}
