using System.Text.Json;
using Mts.Simulator;

namespace Mts.UnitTests.Simulator;

public sealed class FredServiceTests
{
    private readonly Ask ask = new();

    [Fact]
    public void A_vix_close_is_served_on_the_next_business_day_and_not_before()
    {
        // Thursday, 2026-11-19 closes at 16:15 in New York; FRED has it on Friday at 08:36 in Chicago, 14:36 UTC.
        Dates("VIXCLS", "2026-11-20T14:35:59Z")[^1].ShouldBe("2026-11-18");
        Dates("VIXCLS", "2026-11-20T14:36:00Z")[^1].ShouldBe("2026-11-19");
        Dates("VIXCLS", "2026-11-22T23:00:00Z")[^1].ShouldBe("2026-11-19");
        Dates("VIXCLS", "2026-11-23T14:36:00Z")[^1].ShouldBe("2026-11-20");
    }

    [Fact]
    public void The_dollar_index_comes_on_Mondays()
    {
        Dates("DTWEXBGS", "2026-11-23T21:14:59Z")[^1].ShouldBe("2026-11-13");
        Dates("DTWEXBGS", "2026-11-23T21:15:00Z")[^1].ShouldBe("2026-11-20");
    }

    [Fact]
    public void A_month_of_prices_is_known_only_in_the_middle_of_the_next()
    {
        Dates("CPIAUCSL", "2026-11-05T00:00:00Z")[^1].ShouldBe("2026-09-01");
        Dates("CPIAUCSL", "2026-11-20T00:00:00Z")[^1].ShouldBe("2026-10-01");
    }

    [Fact]
    public void Holidays_have_a_row_without_a_value_and_weekends_have_none()
    {
        var rows = Rows("VIXCLS", "&observation_start=2025-12-22&observation_end=2026-01-02");
        rows.Select(r => r.Date).ShouldBe(["2025-12-22", "2025-12-23", "2025-12-24", "2025-12-25", "2025-12-26", "2025-12-29", "2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"]);
        rows.Where(r => r.Value == ".").Select(r => r.Date).ShouldBe(["2025-12-25", "2026-01-01"]);
    }

    [Fact]
    public void Federal_funds_have_every_day_and_the_weekend_repeats_Friday()
    {
        var rows = Rows("DFF", "&observation_start=2026-10-30&observation_end=2026-11-01");
        rows.Select(r => r.Date).ShouldBe(["2026-10-30", "2026-10-31", "2026-11-01"]);
        rows.Select(r => r.Value).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void The_slope_is_the_difference_of_the_two_rates()
    {
        const string Range = "&observation_start=2026-01-01&observation_end=2026-10-30";
        var (ten, two, slope) = (Rows("DGS10", Range), Rows("DGS2", Range), Rows("T10Y2Y", Range));
        foreach (var ((a, b), c) in ten.Zip(two).Zip(slope).Where(r => r.Second.Value != "."))
        {
            (decimal.Parse(a.Value) - decimal.Parse(b.Value)).ShouldBe(decimal.Parse(c.Value), c.Date);
        }
    }

    [Fact]
    public void Prices_are_revised_in_February_and_the_vintage_of_a_day_is_what_was_known_then()
    {
        const string Month = "&observation_start=2023-05-01&observation_end=2023-05-01";
        var all = Rows("CPIAUCSL", Month + "&realtime_start=2020-01-01&realtime_end=9999-12-31");
        all.Count.ShouldBeInRange(3, 5);
        all.Select(r => r.Value).Distinct().Count().ShouldBeGreaterThan(2);
        all[0].Start.ShouldStartWith("2023-06-");
        all.Skip(1).ShouldAllBe(r => r.Start.Contains("-02-", StringComparison.Ordinal));
        all[^1].End.ShouldBe("9999-12-31");
        for (var i = 1; i < all.Count; i++) DateOnly.Parse(all[i].Start).ShouldBe(DateOnly.Parse(all[i - 1].End).AddDays(1));

        Rows("CPIAUCSL", Month + "&realtime_start=2023-12-31&realtime_end=2023-12-31").Single().Value.ShouldBe(all[0].Value);
        Rows("CPIAUCSL", Month).Single().Value.ShouldBe(all[^1].Value);
        Rows("CPIAUCSL", Month + "&realtime_start=2023-01-01&output_type=4").Single().Value.ShouldBe(all[0].Value);
        Rows("CPIAUCSL", Month + "&realtime_start=2023-05-20&realtime_end=2023-05-31").ShouldBeEmpty();
    }

    [Fact]
    public void Spells_are_cut_to_the_period_asked_for()
    {
        var row = Rows("VIXCLS", "&observation_start=2026-11-02&observation_end=2026-11-02&realtime_start=2026-11-10&realtime_end=2026-11-15").Single();
        (row.Start, row.End).ShouldBe(("2026-11-10", "2026-11-15"));
    }

    [Fact]
    public void Vintages_side_by_side_are_columns()
    {
        var root = Ask.Json(ask.Fred, Ask.FredUrl("series/observations", "series_id=CPIAUCSL&output_type=2&vintage_dates=2023-12-31,2024-12-31&observation_start=2023-05-01&observation_end=2024-01-01"));
        var rows = root.GetProperty("observations").EnumerateArray().ToList();
        rows[0].EnumerateObject().Select(p => p.Name).ShouldBe(["date", "CPIAUCSL_20231231", "CPIAUCSL_20241231"]);
        rows[^1].GetProperty("CPIAUCSL_20231231").GetString().ShouldBe(".");
        rows[^1].GetProperty("CPIAUCSL_20241231").GetString().ShouldNotBe(".");
    }

    [Fact]
    public void Too_many_vintages_are_refused_and_the_list_of_vintages_says_how_to_ask_for_less()
    {
        var reply = Ask.Reply(ask.Fred, Ask.FredUrl("series/observations", "series_id=VIXCLS&realtime_start=1776-07-04&realtime_end=9999-12-31"));
        reply.Status.ShouldBe(400);
        Ask.Text(reply).ShouldContain("This exceeds the maximum number of vintage dates allowed (2000).");

        var dates = Ask.Json(ask.Fred, Ask.FredUrl("series/vintagedates", "series_id=VIXCLS")).GetProperty("vintage_dates").EnumerateArray().Select(d => d.GetString()).ToList();
        dates.Count.ShouldBeGreaterThan(5000);
        Rows("VIXCLS", $"&realtime_start={dates[100]}&realtime_end={dates[2099]}").ShouldNotBeEmpty();
    }

    [Fact]
    public void Pages_and_order_are_as_asked()
    {
        var all = Rows("DGS10", "&observation_start=2026-01-01");
        Rows("DGS10", "&observation_start=2026-01-01&limit=7&offset=5").Select(r => r.Date).ShouldBe(all.Skip(5).Take(7).Select(r => r.Date));
        Rows("DGS10", "&observation_start=2026-01-01&sort_order=desc&limit=3").Select(r => r.Date).ShouldBe(all.AsEnumerable().Reverse().Take(3).Select(r => r.Date));
        Ask.Json(ask.Fred, Ask.FredUrl("series/observations", "series_id=DGS10&observation_start=2026-01-01&limit=7")).GetProperty("count").GetInt32().ShouldBe(all.Count);
    }

    [Fact]
    public void A_month_can_be_the_mean_of_its_days()
    {
        var days = Rows("VIXCLS", "&observation_start=2026-09-01&observation_end=2026-09-30").Where(r => r.Value != ".").Select(r => double.Parse(r.Value)).ToList();
        var month = Rows("VIXCLS", "&observation_start=2026-09-01&observation_end=2026-09-01&frequency=m").Single();
        double.Parse(month.Value).ShouldBe(days.Average(), 0.006);
    }

    [Theory]
    [InlineData("series_id=VIXCLS&file_type=json", 400, "Variable api_key is not set.")]
    [InlineData("series_id=VIXCLS&file_type=json&api_key=SHORT", 400, "is not a 32 character alpha-numeric lower-case string.")]
    [InlineData("series_id=VIXCLS&file_type=json&api_key=abcdefabcdefabcdefabcdefabcdefab", 400, "Bad Request.  The value for variable api_key is not registered.  Read https://fred.stlouisfed.org/docs/api/api_key.html for more information.")]
    [InlineData("series_id=NOPE&file_type=json&api_key=" + SimulatorOptions.DefaultFredKey, 400, "Bad Request.  The series does not exist.")]
    [InlineData("series_id=VIXCLS&limit=0&file_type=json&api_key=" + SimulatorOptions.DefaultFredKey, 400, "is not between 1 and 100000.")]
    [InlineData("series_id=VIXCLS&realtime_end=2026-11-23&file_type=json&api_key=" + SimulatorOptions.DefaultFredKey, 400, "variable realtime_end")]
    [InlineData("series_id=VIXCLS&observation_start=1.1.2020&file_type=json&api_key=" + SimulatorOptions.DefaultFredKey, 400, "YYYY-MM-DD")]
    public void Refusals_have_a_code_and_a_message(string query, int status, string message)
    {
        var reply = Ask.Reply(ask.Fred, "/fred/series/observations?" + query);
        reply.Status.ShouldBe(status);
        var body = JsonDocument.Parse(reply.Body).RootElement;
        body.GetProperty("error_code").GetInt32().ShouldBe(status);
        body.GetProperty("error_message").GetString().ShouldNotBeNull().ShouldContain(message);
    }

    [Fact]
    public void Without_a_file_type_the_answer_is_xml()
    {
        var reply = Ask.Reply(ask.Fred, $"/fred/series/observations?series_id=VIXCLS&observation_start=2026-11-16&api_key={SimulatorOptions.DefaultFredKey}");
        reply.ContentType.ShouldStartWith("text/xml");
        Ask.Text(reply).ShouldContain("<observation realtime_start=\"2026-11-22\"");
        Ask.Text(Ask.Reply(ask.Fred, "/fred/series/observations?series_id=VIXCLS")).ShouldContain("<error code=\"400\"");
    }

    [Fact]
    public void More_than_120_calls_in_a_minute_are_too_many()
    {
        var limited = new Ask(RateLimits.Published);
        var url = Ask.FredUrl("series", "series_id=VIXCLS");
        for (var i = 0; i < 120; i++) Ask.Reply(limited.Fred, url).Status.ShouldBe(200);
        Ask.Reply(limited.Fred, url).Status.ShouldBe(429);
        Ask.Reply(limited.Fred, url, Ask.Now + 60_000).Status.ShouldBe(200);
    }

    [Fact]
    public void The_chart_download_needs_no_key_and_leaves_missing_values_empty()
    {
        var reply = Ask.Reply(ask.Fred, "/graph/fredgraph.csv?id=VIXCLS&cosd=2025-12-24&coed=2025-12-26");
        var lines = Ask.Text(reply).Split('\n');
        lines[0].ShouldBe("observation_date,VIXCLS");
        lines[2].ShouldBe("2025-12-25,");
        Ask.Reply(ask.Fred, "/graph/fredgraph.csv?id=NOPE").Status.ShouldBe(404);
    }

    private List<string> Dates(string series, string now) =>
        [.. Ask.Json(ask.Fred, Ask.FredUrl("series/observations", $"series_id={series}&observation_start=2026-08-01"), Ask.Ms(now)).GetProperty("observations").EnumerateArray().Select(r => r.GetProperty("date").GetString() ?? "")];

    private List<(string Date, string Value, string Start, string End)> Rows(string series, string query) =>
        [.. Ask.Json(ask.Fred, Ask.FredUrl("series/observations", $"series_id={series}{query}")).GetProperty("observations").EnumerateArray().Select(r => (Text(r, "date"), Text(r, "value"), Text(r, "realtime_start"), Text(r, "realtime_end")))];

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";
}
