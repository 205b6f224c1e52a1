using System.CommandLine;
using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Simulator;
using Mts.Simulator.Faults;
using Mts.Simulator.Live;

namespace Mts.Cli.Commands;

/// <summary><c>mts simulate</c>: the four services on loopback ports, until it is interrupted.</summary>
internal static class SimulateCommand
{
    public static Command Create(CliHost host)
    {
        var seed = Flags.Whole("--seed", "Everything the services say follows from it.", 1, 0, int.MaxValue, "from 0 to 2147483647");
        var port = Flags.Whole("--port", "First of six ports in a row on loopback; 0 for free ones.", 18_100, 0, 65_530, "between 0 and 65530");
        var fault = new Option<string?>("--fault") { Description = "Faults with the share of requests or frames they hit, or the time they fire at: 429:0.05,fred/reset:0.2,ws-drop:0.001,binance/ws-mute(btcusdt@depth)@30s+10s.", HelpName = "LIST" };
        var data = new Option<string?>("--data") { Description = "Folder of SYMBOL-interval.csv files to serve instead of the model.", HelpName = "DIR" };
        var symbols = Flags.Names("--symbols", "Symbols that trade live, in the venues' spelling; all unless given.", "SYMBOL");
        var rate = new Option<double>("--rate") { Description = "Orders per second and live symbol.", DefaultValueFactory = _ => 25, HelpName = "N" };
        var playback = new Option<string[]>("--playback") { Description = "Recordings to play on the sockets instead of live markets: plain, .gz or .zst.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var speed = new Option<double>("--speed") { Description = "Recorded time per real time; 0 for as fast as it is read.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var ledger = new Option<string?>("--ledger") { Description = "File to which every request, connection, stream and fault is written, a line of JSON each.", HelpName = "FILE" };
        var channels = new Option<bool>("--channels") { Description = "Also simulate the channels of alerts, on four ports from twenty above the first." };
        var check = new Option<bool>("--check") { Description = "Serves nothing: runs the real-time path in simulated worlds, from --seed on, and holds every published book against the venue's." };
        var runs = Flags.Whole("--runs", "With --check: how many worlds.", 100, 1, 1_000_000, "from 1 to 1000000");
        var command = new Command("simulate", "Serves a simulated Binance, Bybit, CoinGecko and FRED on loopback.") { seed, port, fault, data, symbols, rate, playback, speed, ledger, channels, check, runs };
        return command.Runs(host, async (session, arguments, cancellationToken) =>
        {
            if (arguments.GetValue(check)) return SimulationCheck.Run(session, (ulong)arguments.GetValue(seed), arguments.GetValue(runs), cancellationToken);
            using var writer = arguments.GetValue(ledger) is { } file ? TextWriter.Synchronized(new StreamWriter(Path.GetFullPath(file, host.CurrentDirectory)) { AutoFlush = true }) : null;
            var options = new SimulatorOptions
            {
                Seed = (ulong)arguments.GetValue(seed), Port = arguments.GetValue(port), Clock = session.Clock, Faults = FaultPlan.Parse(arguments.GetValue(fault)),
                DataFolder = arguments.GetValue(data) is { } folder ? Path.GetFullPath(folder, host.CurrentDirectory) : null,
                Live = new LiveOptions { Rate = arguments.GetValue(rate), Symbols = arguments.GetValue(symbols) is { Length: > 0 } named ? [.. named.Select(s => s.ToUpperInvariant())] : null },
                Playback = [.. (arguments.GetValue(playback) ?? []).Select(f => Path.GetFullPath(f, host.CurrentDirectory))], PlaybackSpeed = arguments.GetValue(speed),
                LedgerLine = writer is null ? null : writer.WriteLine,
            };
            await using var simulator = await SimulatorHost.StartAsync(options, cancellationToken);
            await using var receivers = arguments.GetValue(channels) ? await SimulatedServices.StartChannelsAsync(options, cancellationToken) : null;
            Tell(session, simulator, options.Seed, [.. SimulatedServices.Variables(simulator, options), .. SimulatedServices.Variables(receivers)]);
            await host.Out.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, session.Clock, cancellationToken);
            return ExitCode.Done;
        });
    }

    private static void Tell(Session session, SimulatorHost simulator, ulong seed, IReadOnlyList<(string Name, string Value)> variables)
    {
        var sockets = SimulatedServices.Sockets(simulator);
        session.Output.Line("simulated services; these variables point mts at them, Ctrl-C ends:");
        foreach (var (name, value) in variables) session.Output.Line($"export {name}={value}");
        foreach (var (name, value) in sockets) session.Output.Line($"# sockets of {name}: {value}");
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteString("seed", seed.ToString(CultureInfo.InvariantCulture));
            w.WriteStartObject("variables");
            foreach (var (name, value) in variables) w.WriteString(name, value);
            w.WriteEndObject();
            w.WriteStartObject("sockets");
            foreach (var (name, value) in sockets) w.WriteString(name, value);
            w.WriteEndObject();
            w.WriteEndObject();
        });
    }
}
