using System.CommandLine;
using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Simulator;
using Mts.Simulator.Faults;

namespace Mts.Cli.Commands;

/// <summary><c>mts simulate</c>: the four services on loopback ports, until it is interrupted.</summary>
internal static class SimulateCommand
{
    public static Command Create(CliHost host)
    {
        var seed = Flags.Whole("--seed", "Everything the services say follows from it.", 1, 0, int.MaxValue, "from 0 to 2147483647");
        var port = Flags.Whole("--port", "First of six ports in a row on loopback; 0 for free ones.", 18_100, 0, 65_530, "between 0 and 65530");
        var fault = new Option<string?>("--fault") { Description = "Faults with the share of requests they hit: 429:0.05,html200:0.01,fred/reset:0.2.", HelpName = "LIST" };
        var data = new Option<string?>("--data") { Description = "Folder of SYMBOL-interval.csv files to serve instead of the model.", HelpName = "DIR" };
        var channels = new Option<bool>("--channels") { Description = "Also simulate the channels of alerts, on four ports from twenty above the first." };
        var command = new Command("simulate", "Serves a simulated Binance, Bybit, CoinGecko and FRED on loopback.") { seed, port, fault, data, channels };
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var options = new SimulatorOptions
            {
                Seed = (ulong)arguments.GetValue(seed), Port = arguments.GetValue(port), Clock = session.Clock, Faults = FaultPlan.Parse(arguments.GetValue(fault)),
                DataFolder = arguments.GetValue(data) is { } folder ? Path.GetFullPath(folder, host.CurrentDirectory) : null,
            };
            await using var simulator = await SimulatorHost.StartAsync(options, cancellationToken);
            await using var receivers = arguments.GetValue(channels) ? await SimulatedServices.StartChannelsAsync(options, cancellationToken) : null;
            var variables = SimulatedServices.Variables(simulator, options).Concat(SimulatedServices.Variables(receivers)).ToList();
            session.Output.Line("simulated services; these variables point mts at them, Ctrl-C ends:");
            foreach (var (name, value) in variables) session.Output.Line($"export {name}={value}");
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                w.WriteString("seed", options.Seed.ToString(CultureInfo.InvariantCulture));
                w.WriteStartObject("variables");
                foreach (var (name, value) in variables) w.WriteString(name, value);
                w.WriteEndObject();
                w.WriteEndObject();
            });
            await host.Out.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, session.Clock, cancellationToken);
            return ExitCode.Done;
        });
    }
}
