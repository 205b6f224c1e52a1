using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Core.Feeds;

namespace Mts.Cli.Commands.Realtime;

/// <summary><c>mts stream</c>: follows venues in real time and accounts for every message.</summary>
internal static class StreamCommand
{
    public static Command Create(CliHost host)
    {
        var venues = Flags.Names("--venues", "binance, bybit; those of realtime.venues unless given.", "NAME");
        var symbols = Flags.Names("--symbols", "Assets or markets: bitcoin, BTC/USDT, BTC/USDT:USDT; those of realtime.symbols unless given.", "NAME");
        var markets = Flags.Names("--markets", "spot, perp; those of realtime.markets unless given.", "MARKET");
        var channels = Flags.Names("--channels", "depth, quote, trade, bar, mark, liquidation; those of realtime.channels unless given.", "NAME");
        var duration = Flags.Span("--duration", "How long to run: 90s, 15m, 8h, 7d; until it is interrupted unless given.");
        var books = new Option<string?>("--book-journal") { Description = "Writes a line for each change of a book, with its fingerprint.", HelpName = "FILE" };
        var noJournal = new Option<bool>("--no-journal") { Description = "Keeps no raw journal of this session." };
        var noStore = new Option<bool>("--no-store") { Description = "Writes neither tables nor files of this session." };
        var command = new Command("stream", "Follows order books, trades, bars and funding live, and accounts for every message.") { venues, symbols, markets, channels, duration, books, noJournal, noStore };
        return command.Runs(host, (session, arguments, cancellationToken) => StreamRun.RunAsync(session, new StreamWishes
        {
            Venues = arguments.GetValue(venues) ?? [], Symbols = arguments.GetValue(symbols) ?? [], Markets = [.. (arguments.GetValue(markets) ?? []).Select(Live.VenueProtocols.Market)],
            Channels = [.. (arguments.GetValue(channels) ?? []).Select(ChannelOf)], Duration = arguments.GetValue(duration),
            BookJournal = arguments.GetValue(books), Keeps = new Live.Keeping(!arguments.GetValue(noJournal), !arguments.GetValue(noStore)),
        }, cancellationToken));
    }

    private static Channel ChannelOf(string text) => Enum.TryParse<Channel>(text, ignoreCase: true, out var channel) && Enum.IsDefined(channel)
        ? channel
        : throw new ConfigurationException($"unknown channel '{text}'; allowed are {string.Join(", ", Enum.GetNames<Channel>().Select(n => n.ToLowerInvariant()))}.");
}

/// <summary>What the command line asks for; empty lists leave it to the settings.</summary>
internal sealed record StreamWishes
{
    public IReadOnlyList<string> Venues { get; init; } = [];

    public IReadOnlyList<string> Symbols { get; init; } = [];

    public IReadOnlyList<MarketKind> Markets { get; init; } = [];

    public IReadOnlyList<Channel> Channels { get; init; } = [];

    public TimeSpan? Duration { get; init; }

    public string? BookJournal { get; init; }

    public Live.Keeping Keeps { get; init; } = new();
}
