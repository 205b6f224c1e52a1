using Mts.Core.Market;
using Mts.Core.Performance;
using Mts.Engine.Reports;

namespace Mts.UnitTests.Engine;

public class MonthlyReturnsTests
{
    [Fact]
    public void A_point_at_midnight_belongs_to_the_month_that_ended()
    {
        EquityPoint[] equity = [At("2023-12-31", 100), At("2024-01-01", 110), At("2024-02-01", 121), At("2024-02-10", 60.5)];

        var months = MonthlyReturns.Of(equity);

        // December: 100 → 110; January: 110 → 121; February: 121 → 60.5.
        months.Select(m => (m.Year, m.Month)).ShouldBe([(2023, 12), (2024, 1), (2024, 2)]);
        months.Select(m => Math.Round(m.Return, 12)).ShouldBe([0.1, 0.1, -0.5]);
    }

    [Fact]
    public void One_point_has_no_return() => MonthlyReturns.Of([At("2024-01-01", 100)]).ShouldBeEmpty();

    private static EquityPoint At(string time, double value) => new(Timestamp.Parse(time), value);
}
