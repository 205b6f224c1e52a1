using System.Diagnostics;

namespace Mts.IntegrationTests.Cli;

/// <summary>The real program in a process of its own.</summary>
internal static class MtsProcess
{
    public static ProcessStartInfo Start(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(MtsProgram.Library);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MTS", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        return start;
    }

    public static Task<(int ExitCode, string Out, string Error)> RunAsync(string folder, params IEnumerable<string> arguments) => RunAsync(Start(folder, arguments));

    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
