using System.Text;
using Mts.Simulator.Playback;

namespace Mts.UnitTests.Simulator;

public sealed class PlayedBookTests
{
    private readonly PlayedBook book = new();

    [Fact]
    public void Has_the_changes_that_were_recorded_before_an_older_snapshot()
    {
        Apply("""{"e":"depthUpdate","E":1,"U":9,"u":10,"b":[["1.4","7"]],"a":[]}""");
        Apply("""{"e":"depthUpdate","E":2,"U":11,"u":13,"b":[["1.5","0"]],"a":[["1.6","4"]]}""");
        book.Id.ShouldBe(-1);
        Apply("""{"lastUpdateId":12,"bids":[["1.5","2"],["1.4","1"]],"asks":[["1.6","3"]]}""");
        Shown().ShouldBe("""{"lastUpdateId":13,"bids":[["1.4","1"]],"asks":[["1.6","4"]]}""");
    }

    [Fact]
    public void Does_not_go_back_to_a_snapshot_that_is_older_than_it_is()
    {
        Apply("""{"lastUpdateId":12,"bids":[["1.5","2"]],"asks":[["1.6","3"]]}""");
        Apply("""{"e":"depthUpdate","E":3,"U":13,"u":14,"b":[["1.5","5"]],"a":[]}""");
        Apply("""{"lastUpdateId":13,"bids":[["1.5","2"]],"asks":[["1.6","3"]]}""");
        Shown().ShouldBe("""{"lastUpdateId":14,"bids":[["1.5","5"]],"asks":[["1.6","3"]]}""");
    }

    [Fact]
    public void Shows_the_time_of_a_recorded_snapshot()
    {
        Apply("""{"lastUpdateId":12,"E":1626992741000,"T":1626992740990,"bids":[["1.5","2"]],"asks":[["1.6","3"]]}""");
        book.TimeMs.ShouldBe(1_626_992_741_000);
    }

    private void Apply(string message) => book.Apply(Encoding.UTF8.GetBytes(message));

    private string Shown() => Encoding.UTF8.GetString(book.ToBinance(20, isSpot: true)).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
