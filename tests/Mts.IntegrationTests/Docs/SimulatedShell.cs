using System.Diagnostics;
using Mts.Cli;
using Mts.IntegrationTests.Cli;
using Mts.Simulator;

namespace Mts.IntegrationTests.Docs;

/// <summary>A shell in an empty folder in which <c>./mts</c> and <c>mts</c> are the program and the services are simulated.</summary>
internal sealed class SimulatedShell : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-shell-");
    private readonly SimulatorHost simulator;
    private readonly SimulatorOptions options;

    private SimulatedShell(SimulatorHost simulator, SimulatorOptions options) => (this.simulator, this.options) = (simulator, options);

    public string Folder => folder.FullName;

    public static async Task<SimulatedShell> StartAsync(string home, CancellationToken cancellationToken)
    {
        var options = new SimulatorOptions { Limits = RateLimits.None };
        var shell = new SimulatedShell(await SimulatorHost.StartAsync(options, cancellationToken), options);
        var program = Path.Combine(shell.Folder, "mts");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nMTS_HOME='{home}' exec dotnet exec '{MtsProgram.Library}' \"$@\"\n", cancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return shell;
    }

    public async Task<(int ExitCode, string Out, string Error)> RunAsync(string command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Folder };
        start.ArgumentList.Add("-euo");
        start.ArgumentList.Add("pipefail");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MTS", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) start.Environment[name] = value;
        start.Environment["PATH"] = Folder + Path.PathSeparator + start.Environment["PATH"];
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        await simulator.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
