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

    /// <summary>As <see cref="Start"/>, for a process that will be interrupted: children of a test run in the background would ignore it.</summary>
    public static ProcessStartInfo StartInterruptible(string folder, params IEnumerable<string> arguments)
    {
        var start = Start(folder, arguments);
        start.ArgumentList.Insert(0, "--default-signal=INT");
        start.ArgumentList.Insert(1, start.FileName);
        start.FileName = "env";
        return start;
    }

    /// <summary>Sends what Ctrl-C sends, and waits for the end.</summary>
    public static async Task InterruptAsync(Process process)
    {
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
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
