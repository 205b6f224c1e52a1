using System.Globalization;
using Mts.Cli;
using Mts.Cli.CommandLine;

namespace Mts.UnitTests.Cli;

/// <summary>Runs the command inside the test process, with streams, variables and folders of its own.</summary>
internal sealed class CliRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-cli-");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Folder => folder.FullName;

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>Makes a file below the folder of the run.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The text of a file of daily bars from 2024 on, of a price that wanders upwards.</summary>
    public static string DailyBars(int days)
    {
        var (random, close) = (new Random(4), 1_000.0);
        var rows = Enumerable.Range(0, days).Select(i =>
        {
            var open = close;
            close = Math.Round(open * (1 + ((random.NextDouble() - 0.48) * 0.06)), 2);
            return string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(i):yyyy-MM-dd},{open},{Math.Max(open, close) + 1},{Math.Min(open, close) - 1},{close},10");
        });
        return "time,open,high,low,close,volume\n" + string.Join('\n', rows) + "\n";
    }

    public async Task<int> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost { Out = output, Error = error, Variables = Variables, CurrentDirectory = Folder, ProgramDirectory = AppContext.BaseDirectory };
        var exitCode = await CliProgram.RunAsync(host, arguments, TestContext.Current.CancellationToken);
        (Out, Error) = (output.ToString(), error.ToString());
        return exitCode;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
