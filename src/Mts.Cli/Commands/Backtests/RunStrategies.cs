using System.Globalization;
using Mts.Cli.CommandLine;
using Mts.Cli.Configuration;
using Mts.Cli.UserStrategies;
using Mts.Core.Signals;
using Mts.Engine.Allocation;
using Mts.Engine;

namespace Mts.Cli.Commands.Backtests;

/// <summary>The strategies of a run with their parameters: defaults, then <c>config/strategies/*.json</c>, then the command line.</summary>
/// <param name="Strategies">In the order given.</param>
/// <param name="Parameters">As used, defaults included.</param>
internal sealed record RunStrategies(IReadOnlyList<IStrategy> Strategies, IReadOnlyList<IReadOnlyDictionary<string, string>> Parameters)
{
    /// <summary>Makes them anew.</summary>
    public required Func<IReadOnlyList<IStrategy>> Fresh { get; init; }

    /// <summary>Those that could be chosen from.</summary>
    public AvailableStrategies Available { get; private init; } = AvailableStrategies.OfProduct;

    /// <summary>As a run's result and a session's plan name them.</summary>
    public IReadOnlyList<StrategyUse> Uses => [.. Strategies.Select((s, i) => new StrategyUse(s.Name, Parameters[i], Available.SourceHashOf(s.Name)))];

    /// <summary>The same, its one strategy's positions sized by an allocation; null leaves it as it is.</summary>
    /// <exception cref="ConfigurationException">Several strategies, or a rule out of its range.</exception>
    public RunStrategies Sized(AllocationOptions? allocation)
    {
        if (allocation is null) return this;
        allocation.Validate();
        if (Strategies.Count > 1) throw new ConfigurationException("--allocate sizes the positions of one strategy; give one --strategy.");
        return this with
        {
            Strategies = [new AllocatedStrategy(Strategies[0], allocation)],
            Parameters = [new SortedDictionary<string, string>(Parameters[0].Concat(allocation.ToParameters()).ToDictionary(), StringComparer.Ordinal)],
            Fresh = () => [new AllocatedStrategy(Fresh()[0], allocation)],
        };
    }

    /// <summary>Of the product's strategies.</summary>
    /// <inheritdoc cref="Make(Session, AvailableStrategies, IReadOnlyList{string}, IReadOnlyList{string})"/>
    public static RunStrategies Make(Session session, IReadOnlyList<string> names, IReadOnlyList<string> given) => Make(session, AvailableStrategies.OfProduct, names, given);

    /// <param name="session">Where the configuration lies.</param>
    /// <param name="available">What there is to choose from.</param>
    /// <param name="names">With and without <c>Strategy</c> at the end.</param>
    /// <param name="given"><c>fast=10</c>, or <c>SmaCross.fast=10</c> for one of several.</param>
    /// <exception cref="ConfigurationException">Unknown names or parameters, values out of range.</exception>
    public static RunStrategies Make(Session session, AvailableStrategies available, IReadOnlyList<string> names, IReadOnlyList<string> given)
    {
        var chosen = names.Select(available.Resolve).Distinct(StringComparer.Ordinal).Select(n => available.All.First(d => d.Name == n)).ToList();
        var texts = given.Select(Split).ToList();
        foreach (var (owner, name, _) in texts) CheckMeant(chosen, owner, name);
        var twice = texts.GroupBy(t => (t.Owner, t.Name.Replace('-', '_')), t => t.Value).FirstOrDefault(g => g.Distinct(StringComparer.Ordinal).Skip(1).Any());
        if (twice is not null) throw new UsageException($"--param {twice.Key.Item2} is given twice, as {string.Join(" and ", twice)}.");
        var files = new StrategyFiles(session.ConfigDirectory);
        var parameters = chosen.Select(d => Merge(d, files.ParametersOf(d.Name), texts)).ToList();
        return new RunStrategies(Fresh(), parameters) { Available = available, Fresh = Fresh };

        IReadOnlyList<IStrategy> Fresh() => [.. chosen.Select((d, i) => available.Create(d.Name, parameters[i]))];
    }

    private static IReadOnlyDictionary<string, string> Merge(
        StrategyDescriptor strategy, IReadOnlyDictionary<string, string> file, List<(string? Owner, string Name, string Value)> given)
    {
        var result = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var p in strategy.Parameters) result[p.Name] = p.Default.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in file) result[name] = value;
        foreach (var (owner, name, value) in given.Where(g => g.Owner is null || StrategyNames.Find(g.Owner, [strategy.Name]) is not null))
        {
            // What the strategy does not know goes on to the catalogue, which says so.
            var known = strategy.Parameters.FirstOrDefault(p => Is(p, name));
            if (known is not null) result[known.Name] = value;
            else if (owner is not null) result[name] = value;
        }

        return result;
    }

    // With several strategies a bare name must be known to one of them, and reaches those that know it.
    private static void CheckMeant(List<StrategyDescriptor> chosen, string? owner, string name)
    {
        if (owner is not null)
        {
            _ = StrategyNames.Resolve(owner, [.. chosen.Select(d => d.Name)]);
            return;
        }

        if (chosen.Exists(d => d.Parameters.Any(p => Is(p, name)))) return;
        var names = chosen.SelectMany(d => d.Parameters.Select(p => p.Name)).Distinct(StringComparer.Ordinal).ToList();
        var allowed = names.Count == 0 ? $"{string.Join(" and ", chosen.Select(d => d.Name))} takes none" : $"allowed are {string.Join(", ", names)}";
        throw new ConfigurationException($"unknown parameter '{name}'{NearestNames.Suggest(NearestNames.To(name, names))}; {allowed}.");
    }

    private static (string? Owner, string Name, string Value) Split(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) throw new UsageException($"--param '{text}' is not NAME=VALUE.");
        var (name, value) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (null, name, value) : (name[..dot], name[(dot + 1)..], value);
    }

    private static bool Is(ParameterSpec parameter, string name) => string.Equals(parameter.Name, name.Replace('-', '_'), StringComparison.OrdinalIgnoreCase);
}
