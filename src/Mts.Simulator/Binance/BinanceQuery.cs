using System.Globalization;
using System.Text.RegularExpressions;
using Mts.Simulator.Http;
using Mts.Simulator.Model;

namespace Mts.Simulator.Binance;

/// <summary>Binance's reading of parameters, with its errors for those that it does not like.</summary>
internal sealed partial class BinanceQuery(SimRequest request, Exchange exchange, Venue venue)
{
    private const string Digits = "^[0-9]{1,20}$";
    private static readonly long firstTime = new DateTimeOffset(2017, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public bool IsSpot => venue == Venue.BinanceSpot;

    /// <summary>True where the client asked for microseconds, which only spot knows.</summary>
    public bool InMicroseconds => IsSpot && string.Equals(request.Header("X-MBX-TIME-UNIT"), "MICROSECOND", StringComparison.OrdinalIgnoreCase);

    public void Allow(params ReadOnlySpan<string> names)
    {
        var read = 0;
        foreach (var name in request.Parameters.Names)
        {
            if (names.Contains(name)) read++;
        }

        if (read < request.Parameters.Count)
        {
            throw BinanceRefusal.Bad(-1104, $"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{request.Parameters.Count}'.");
        }
    }

    public Market Market() => OptionalMarket() ?? throw BinanceRefusal.Missing("symbol");

    public Market? OptionalMarket()
    {
        if (request.Parameters["symbol"] is not { } symbol) return null;
        return Named(symbol);
    }

    /// <summary>The markets of <c>symbols=["A","B"]</c>, or null where it was not sent.</summary>
    public IReadOnlyList<Market>? Markets()
    {
        if (request.Parameters["symbols"] is not { } text) return null;
        if (request.Parameters["symbol"] is not null) throw BinanceRefusal.Bad(-1128, "Combination of optional parameters invalid.");
        if (!SymbolList().IsMatch(text)) throw BinanceRefusal.Illegal("symbols", """^\[("[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}){0,1}\]$""");
        return [.. text.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => Named(s.Trim('"')))];
    }

    public Span Interval()
    {
        var name = request.Parameters["interval"] ?? throw BinanceRefusal.Missing("interval");
        return Span.Parse(name) is { } span && (IsSpot || span.Ms != Clock.Second) ? span : throw BinanceRefusal.Bad(-1120, "Invalid interval.");
    }

    /// <param name="usual">Without the parameter.</param>
    /// <param name="most">Spot serves no more; futures refuse more.</param>
    public int Limit(int usual, int most)
    {
        if (request.Parameters["limit"] is not { } text) return usual;
        if (!text.All(char.IsAsciiDigit) || text.Length > 9) throw BinanceRefusal.Illegal("limit", Digits);
        var limit = int.Parse(text, CultureInfo.InvariantCulture);
        if (limit == 0 || (limit > most && !IsSpot)) throw BinanceRefusal.Invalid("limit");
        return Math.Min(limit, most);
    }

    /// <summary>A time in milliseconds; spot takes microseconds as well and knows nothing before 2017 or more than ten seconds ahead.</summary>
    public long? Time(string name)
    {
        if (Number(name) is not { } time) return null;
        if (!IsSpot) return time;
        if (time >= 100_000_000_000_000) time /= 1_000;
        return time >= firstTime && time <= request.NowMs + 10_000 ? time : throw BinanceRefusal.Invalid(name);
    }

    public long? Number(string name)
    {
        if (request.Parameters[name] is not { } text) return null;
        return text.All(char.IsAsciiDigit) && text.Length <= 18 ? long.Parse(text, CultureInfo.InvariantCulture) : throw BinanceRefusal.Illegal(name, Digits);
    }

    /// <summary>The shift of the bars' grid by the parameter timeZone, in milliseconds.</summary>
    public long TimeZoneShift()
    {
        if (request.Parameters["timeZone"] is not { } text) return 0;
        if (TimeZonePattern().Match(text) is not { Success: true } match) throw BinanceRefusal.Invalid("timeZone");
        var minutes = (int.Parse(match.Groups["hour"].ValueSpan) * 60) + (match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].ValueSpan) : 0);
        if (match.Groups["sign"].ValueSpan is "-") minutes = -minutes;
        return minutes is >= -12 * 60 and <= 14 * 60 ? -minutes * Clock.Minute : throw BinanceRefusal.Invalid("timeZone");
    }

    private Market Named(string symbol)
    {
        if (!SymbolName().IsMatch(symbol)) throw BinanceRefusal.Illegal("symbol", "^[A-Z0-9-_.]{1,20}$");
        return exchange.Find(venue, symbol) is { } market && market.Listing.ListedMs <= request.NowMs ? market : throw BinanceRefusal.UnknownSymbol();
    }

    [GeneratedRegex("^[A-Z0-9-_.]{1,20}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SymbolName();

    [GeneratedRegex("""^\["[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}")*\]$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SymbolList();

    [GeneratedRegex("^(?<sign>[+-]?)(?<hour>[0-9]{1,2})(:(?<minute>[0-9]{2}))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimeZonePattern();
}
