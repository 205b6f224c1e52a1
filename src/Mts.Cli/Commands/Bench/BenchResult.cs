namespace Mts.Cli.Commands.Bench;

/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Of the figure.</param>
/// <param name="Goal">What it should reach; null for none.</param>
/// <param name="IsRate">True where more is better.</param>
internal sealed record BenchResult(string Name, double Value, string Unit, double? Goal, bool IsRate)
{
    public bool? Reached => Goal is not { } goal ? null : IsRate ? Value >= goal : Value <= goal;
}
