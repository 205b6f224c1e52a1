using Mts.Core.Market;
using Mts.Pipeline.History;

namespace Mts.UnitTests.Pipeline;

public sealed class MacroFillTests
{
    private static readonly DateOnly Friday = new(2025, 6, 27);

    // Friday's value is known on Monday, Monday's on Tuesday.
    private static readonly MacroObservation[] OverAWeekend =
    [
        new(Friday, 16, Timestamp.Parse("2025-06-30T14:00:00Z")),
        new(Friday.AddDays(3), 19, Timestamp.Parse("2025-07-01T14:00:00Z")),
    ];

    [Fact]
    public void Nothing_is_filled_unless_asked() => new MacroFill(MacroFillKind.None).Apply(OverAWeekend).ShouldBeEmpty();

    [Fact]
    public void Forward_fill_carries_the_last_value_and_is_known_no_earlier_than_it() =>
        new MacroFill(MacroFillKind.Forward).Apply(OverAWeekend).ShouldBe(
        [
            new(Friday.AddDays(1), 16, OverAWeekend[0].KnownTime, IsForwardFilled: true),
            new(Friday.AddDays(2), 16, OverAWeekend[0].KnownTime, IsForwardFilled: true),
        ]);

    [Fact]
    public void Interpolation_lies_between_and_is_known_only_with_the_later_value()
    {
        var filled = new MacroFill(MacroFillKind.Interpolate).Apply(OverAWeekend);
        filled.Select(f => f.Value).ShouldBe([17, 18]);
        filled.ShouldAllBe(f => f.KnownTime == OverAWeekend[1].KnownTime && f.IsInterpolated);
    }

    [Fact]
    public void A_gap_longer_than_allowed_stays_a_gap() => new MacroFill(MacroFillKind.Forward, MaxDays: 1).Apply(OverAWeekend).ShouldBeEmpty();

    [Fact]
    public void The_future_never_changes_what_was_carried_forward()
    {
        var changed = OverAWeekend.ToArray();
        changed[1] = changed[1] with { Value = 99 };
        new MacroFill(MacroFillKind.Forward).Apply(changed).ShouldBe(new MacroFill(MacroFillKind.Forward).Apply(OverAWeekend));
    }
}
