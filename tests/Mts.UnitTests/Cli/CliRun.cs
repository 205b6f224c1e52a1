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
