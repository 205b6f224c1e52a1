using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Mts.Cli.UserStrategies;

/// <summary>The compiler of the .NET SDK, as a process.</summary>
internal static partial class Compiler
{
    private const int MostMessages = 20;

    /// <param name="host">Knows where to look for the SDK.</param>
    /// <param name="project">The project file.</param>
    /// <param name="output">Where the assembly goes.</param>
    /// <param name="shown">How a message is shown.</param>
    /// <param name="cancellationToken">Ends the compiler.</param>
    /// <exception cref="ConfigurationException">It does not compile: the messages, with file and line; or there is no SDK.</exception>
    public static async Task BuildAsync(CliHost host, string project, string output, Func<string, string> shown, CancellationToken cancellationToken)
    {
        var (exitCode, text) = await RunAsync(host, project, output, cancellationToken);
        if (exitCode == 0) return;
        var messages = text.Split('\n').Select(l => Place().Replace(l, "").Trim()).Where(l => l.Contains(": error ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Select(shown).ToList();
        var list = messages.Count > 0 ? string.Join("\n  ", messages.Take(MostMessages)) : shown(text.Trim());
        throw new ConfigurationException($"the strategy does not compile:\n  {list}{(messages.Count > MostMessages ? $"\n  and {messages.Count - MostMessages} more" : "")}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(CliHost host, string project, string output, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Find(host)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetDirectoryName(project)! };
        // No server stays behind, and the result depends on source and SDK alone.
        string[] arguments =
        [
            "build", project, "-c", "Release", "-o", output, "-nologo", "-v:q", "-nr:false", "-m:1", "-p:UseSharedCompilation=false", "-p:UseAppHost=false", "-p:Deterministic=true",
            "-p:DebugType=embedded", "-p:MtsApp=" + host.ProgramDirectory.TrimEnd(Path.DirectorySeparatorChar),
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || k == "DOTNET_HOST_PATH").ToList()) start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The compiler did not start.");
        process.StandardInput.Close();
        try
        {
            var (text, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await text + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // The runtime that mts runs on lies in the SDK's folder, where there is one; otherwise the path leads to it.
    private static string Find(CliHost host)
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var folders = new[] { root, host.Variable("DOTNET_ROOT") ?? root }.Where(f => Directory.Exists(Path.Combine(f, "sdk"))).Concat((host.Variable("PATH") ?? "").Split(Path.PathSeparator));
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists)
            ?? throw new ConfigurationException("compiling a strategy needs the .NET SDK, and it is not found; install it (https://dot.net/download), or give a compiled .dll.");
    }

    // The project at the end of a message.
    [GeneratedRegex(@" \[[^\]]*\]\s*$", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
