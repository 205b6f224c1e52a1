using System.CommandLine;
using System.Text.Json;
using Mts.Cli.CommandLine;
using Mts.Simulator;

namespace Mts.Cli.Commands.Demo;

/// <summary><c>mts demo</c>: everything once, offline: the product's own commands, one after another, against the built-in simulator.</summary>
internal static class DemoCommand
{
    public static Command Create(CliHost host) => new Command("demo", "Shows everything once, offline, against the built-in simulator.").Runs(host, async (session, _, cancellationToken) =>
    {
        var options = new SimulatorOptions { Clock = session.Clock };
        await using var simulator = await SimulatorHost.StartAsync(options, cancellationToken);
        // Simulated bars never stand beside real ones.
        var folder = Path.Combine(session.DataDirectory, "demo");
        var variables = new Dictionary<string, string>(host.Variables, StringComparer.Ordinal) 
        {
            ["MTS__Storage__DataDir"] = folder,
            ["MTS__Logging__Directory"] = session.LogDirectory,
        };
        foreach (var (name, value) in SimulatedServices.Variables(simulator, options)) variables[name] = value;
        var inner = host with { Variables = variables };
        var results = new List<(string Command, int ExitCode, string Result)>();
        foreach (var step in DemoScript.Steps(folder))
        {
            session.Output.Line();
            session.Output.Line($"── {step.Title}");
            session.Output.Line($"$ mts {string.Join(' ', step.Arguments)}");
            var (exitCode, result) = await RunAsync(inner, session, step.Arguments, cancellationToken);
            results.Add((string.Join(' ', step.Arguments), exitCode, result));
            if (exitCode == ExitCode.Done) continue;
            session.Output.Error("demo", $"`mts {results[^1].Command}` ended with {exitCode}; the demo stops here.");
            return exitCode;
        }

        session.Output.Line();
        session.Output.Line($"The simulated data lies in {folder}; {simulator.Ledger.Requests} requests were served without leaving this machine.");
        session.Output.Document(w => Write(w, folder, results));
        return ExitCode.Done;
    });

    private static async Task<(int ExitCode, string Result)> RunAsync(CliHost host, Session session, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        List<string> all = [.. arguments, "--config", session.ConfigDirectory];
        if (session.Options.Environment is { } environment) all.AddRange(["--env", environment]);
        if (!session.Output.IsJson) return (await CliProgram.RunAsync(host, all, cancellationToken), "");
        await using var captured = new StringWriter();
        all.Add("--json");
        var exitCode = await CliProgram.RunAsync(host with { Out = captured, OutIsTerminal = false }, all, cancellationToken);
        return (exitCode, captured.ToString());
    }

    private static void Write(Utf8JsonWriter w, string folder, List<(string Command, int ExitCode, string Result)> results)
    {
        w.WriteStartObject();
        w.WriteString("data_dir", folder);
        w.WriteStartArray("steps");
        foreach (var (command, exitCode, result) in results)
        {
            w.WriteStartObject();
            w.WriteString("command", $"mts {command}");
            w.WriteNumber("exit_code", exitCode);
            w.WritePropertyName("result");
            w.WriteRawValue(result);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }
}
