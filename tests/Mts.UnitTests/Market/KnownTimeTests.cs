using Mts.Core.Market;

namespace Mts.UnitTests.Market;

/// <summary>Days checked against the published calendars: Federal Reserve H.10 and H.15, OPM federal holidays.</summary>
public sealed class KnownTimeTests
{
    [Theory]
    [InlineData("VIXCLS", "2025-06-26", "2025-06-27T14:00:00Z")]     // Thursday → Friday
    [InlineData("VIXCLS", "2025-06-27", "2025-06-30T14:00:00Z")]     // Friday → Monday
    [InlineData("VIXCLS", "2025-07-03", "2025-07-07T14:00:00Z")]     // before Independence Day on a Friday
    [InlineData("DGS10", "2025-10-10", "2025-10-14T14:00:00Z")]      // over Columbus Day
    [InlineData("DFF", "2025-06-28", "2025-06-30T14:00:00Z")]        // a Saturday
    [InlineData("SOFR", "2021-12-30", "2022-01-03T14:00:00Z")]       // New Year 2022 fell on a Saturday, kept on Friday 31 December
    [InlineData("DTWEXBGS", "2025-06-20", "2025-06-23T21:15:00Z")]   // Friday → Monday
    [InlineData("DTWEXBGS", "2025-06-16", "2025-06-23T21:15:00Z")]   // Monday → the next one
    [InlineData("DTWEXBGS", "2025-05-23", "2025-05-27T21:15:00Z")]   // Memorial Day moves it to Tuesday
    [InlineData("CPIAUCSL", "2025-05-01", "2025-06-17T14:00:00Z")]   // released on 11 June; the lag is rounded up
    public void A_value_is_known_when_its_release_is_out(string series, string day, string known) =>
        MacroCatalog.Find(series).KnownTime(DateOnly.Parse(day)).ToString().ShouldBe(known);

    [Fact]
    public void No_value_is_known_on_the_day_it_describes()
    {
        foreach (var series in MacroCatalog.All)
        {
            for (var day = new DateOnly(2019, 1, 1); day.Year < 2027; day = day.AddDays(1))
                series.KnownTime(day).ShouldBeGreaterThan(Timestamp.FromDate(day.AddDays(1)));
        }
    }

    [Theory]
    [InlineData("VIX", "VIXCLS")]
    [InlineData("dxy", "DTWEXBGS")]
    [InlineData("TREASURY_10Y", "DGS10")]
    [InlineData("FED_FUNDS_RATE", "DFF")]
    [InlineData("SOFR", "SOFR")]
    public void The_names_of_the_commands_stand_for_series(string name, string id) => MacroCatalog.Find(name).Id.ShouldBe(id);

    [Fact]
    public void An_unknown_name_gets_the_nearest() =>
        Should.Throw<Mts.Core.ConfigurationException>(() => MacroCatalog.Find("VIXCL")).Message.ShouldContain("VIXCLS");
}
