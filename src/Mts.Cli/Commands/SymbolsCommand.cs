using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;

namespace Mts.Cli.Commands;

/// <summary><c>mts symbols</c>: the assets there are and what each source calls them.</summary>
internal static class SymbolsCommand
{
    public static Command Create(CliHost host) => new Command("symbols", "Lists the assets and their markets.").Runs(host, (session, _) =>
    {
        var grid = new Grid("asset", "ticker", "name", "coingecko", "binance", "bybit");
        foreach (var a in session.Assets.All) grid.Add(a.Id, a.Ticker, a.Name, a.CoinGeckoId, a.BinanceSymbol ?? "", a.BybitSymbol ?? "");
        session.Output.Table(grid);
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("symbols");
            foreach (var a in session.Assets.All)
            {
                w.WriteStartObject();
                w.WriteString("asset", a.Id);
                w.WriteString("ticker", a.Ticker);
                w.WriteString("name", a.Name);
                w.WriteString("coingecko", a.CoinGeckoId);
                w.WriteString("binance", a.BinanceSymbol);
                w.WriteString("bybit", a.BybitSymbol);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        });
        return ExitCode.Done;
    });
}
