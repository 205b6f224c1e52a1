using Mts.Cli.Output;

namespace Mts.UnitTests.Cli;

public class GridTextTests
{
    [Fact]
    public void Columns_are_aligned_and_numbers_stand_right()
    {
        var grid = new Grid("name", ">count").Add("a", "1").Add("bitcoin", "1,000");

        GridText.Of(grid).ShouldBe("name     count\na            1\nbitcoin  1,000\n");
    }

    [Fact]
    public void Without_titles_there_is_no_first_line() => GridText.Of(new Grid("", ">").Add("fees", "1.00")).ShouldBe("fees  1.00\n");
}
