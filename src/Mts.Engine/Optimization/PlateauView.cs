namespace Mts.Engine.Optimization;

/// <summary>Looks at the neighbours of the best; those that were not tried are run, and take no part in the choice.</summary>
internal sealed class PlateauView(SearchSetup setup, long best, Func<Trial, double?> objective)
{
    private readonly int[] centre = setup.Space.Steps(best);
    private readonly Dictionary<long, double?> known = [];

    /// <param name="trials">Those of the search.</param>
    /// <param name="runner">Runs what is missing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Plateau Of(IReadOnlyList<Trial> trials, TrialRunner runner, CancellationToken cancellationToken)
    {
        int[] varying = [.. Enumerable.Range(0, centre.Length).Where(i => setup.Space.Searched[i].Values.Count > 1)];
        var isTable = varying.Length == 2;
        var around = isTable ? Square(varying[0], varying[1]) : varying.SelectMany(Line);
        Learn(around.Append(best).ToHashSet(), trials, runner, cancellationToken);
        var peak = known[best];
        var neighbours = known.Where(k => k.Key != best && k.Value.HasValue).Select(k => k.Value!.Value).Order().ToList();
        if (setup.Options.Goal.IsSmaller) neighbours.Reverse();
        double? median = neighbours.Count == 0 ? null : (neighbours[(neighbours.Count - 1) / 2] + neighbours[neighbours.Count / 2]) / 2;
        double? worst = neighbours.Count == 0 ? null : neighbours[0];
        return new Plateau
        {
            Axes = [.. varying.Select(Axis)],
            Table = isTable ? Table(varying[0], varying[1]) : null,
            Neighbours = neighbours.Count,
            Median = median,
            Worst = worst,
            MedianShare = Share(median, peak),
            WorstShare = Share(worst, peak),
        };
    }

    private double? Share(double? value, double? peak)
    {
        if (peak is not > 0 || value is not { } v) return null;
        return setup.Options.Goal.IsSmaller ? v > 0 ? peak / v : null : v / peak;
    }

    private void Learn(HashSet<long> around, IReadOnlyList<Trial> trials, TrialRunner runner, CancellationToken cancellationToken)
    {
        foreach (var trial in trials.Where(t => around.Contains(t.Combination))) known[trial.Combination] = objective(trial);
        List<long> missing = [.. around.Where(c => !known.ContainsKey(c)).Order()];
        List<long> accepted = [.. missing.Where(c => Candidates.Refusal(setup.Space, setup.Catalog, c) is null)];
        if (accepted.Count == 0) return;
        foreach (var trial in runner.Run(accepted, _ => { }, cancellationToken)) known[trial.Combination] = objective(trial);
    }

    private IEnumerable<int> Offsets(int parameter) =>
        Enumerable.Range(-Plateau.Reach, (2 * Plateau.Reach) + 1).Where(o => centre[parameter] + o >= 0 && centre[parameter] + o < setup.Space.Searched[parameter].Values.Count);

    private IEnumerable<long> Line(int parameter) => Offsets(parameter).Select(o => At((parameter, o)));

    private IEnumerable<long> Square(int rows, int columns) => Offsets(rows).SelectMany(r => Offsets(columns).Select(c => At((rows, r), (columns, c))));

    private long At(params (int Parameter, int Offset)[] moves)
    {
        var steps = (int[])centre.Clone();
        foreach (var (parameter, offset) in moves) steps[parameter] += offset;
        return setup.Space.Combination(steps);
    }

    private PlateauAxis Axis(int parameter) =>
        new(setup.Space.Searched[parameter].Name, [.. Offsets(parameter).Select(o => new PlateauPoint(o, Value(parameter, o), known.GetValueOrDefault(At((parameter, o)))))]);

    private PlateauTable Table(int rows, int columns) => new(
        setup.Space.Searched[rows].Name, [.. Offsets(rows).Select(o => Value(rows, o))], setup.Space.Searched[columns].Name, [.. Offsets(columns).Select(o => Value(columns, o))],
        [.. Offsets(rows).Select(r => (IReadOnlyList<double?>)[.. Offsets(columns).Select(c => known.GetValueOrDefault(At((rows, r), (columns, c))))])]);

    private string Value(int parameter, int offset) => setup.Space.Searched[parameter].Values[setup.Space.Searched[parameter].ValueAt(centre[parameter] + offset)];
}
