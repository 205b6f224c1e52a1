using System.Collections.Concurrent;
using System.CommandLine;
using Mts.Core.Signals;
using Mts.Strategies;

namespace Mts.Cli.UserStrategies;

/// <summary>The strategies that a run can name: the product's, and those of <c>--strategy-path</c>.</summary>
internal sealed class AvailableStrategies : IStrategyCatalog
{
    private readonly StrategyCatalog product = new();
    private readonly UserAssembly? user;
    private readonly StrategyLimit limit;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, bool> made = new(StringComparer.Ordinal);

    private AvailableStrategies(UserAssembly? user, StrategyLimit limit, TimeProvider clock)
    {
        (this.user, this.limit, this.clock) = (user, limit, clock);
        All = user is null ? product.All : [.. product.All, .. user.Strategies.Select(s => s.Descriptor)];
    }

    public static AvailableStrategies OfProduct { get; } = new(null, StrategyLimit.Usual, TimeProvider.System);

    public IReadOnlyList<StrategyDescriptor> All { get; }

    public static Option<string?> PathOption() => new("--strategy-path") { Description = "Strategies of your own: a folder, a .cs file or a .dll; `mts strategy new` writes one.", HelpName = "PATH" };

    /// <param name="session">Where compiled strategies are kept.</param>
    /// <param name="path">A folder, a <c>.cs</c> file or a <c>.dll</c>; null for the product's alone.</param>
    /// <param name="limit">Of what the user's strategies do before a run begins.</param>
    /// <param name="cancellationToken">Stops the compiler.</param>
    /// <exception cref="ConfigurationException">There is nothing, it does not compile, or it takes the name of one of the product's.</exception>
    public static async Task<AvailableStrategies> OfAsync(Session session, string? path, StrategyLimit limit, CancellationToken cancellationToken)
    {
        if (path is null) return OfProduct;
        var source = StrategySource.Of(path, session.Host.CurrentDirectory);
        var file = source.IsAssembly ? source.Path : await new StrategyBuild(session, source).AssemblyAsync(cancellationToken);
        StrategyConsole.Open(session.Output.IsJson);
        var assembly = limit.Run(() => UserAssembly.Load(file, path, source.Hash), $"the descriptor of a strategy in {path}", session.Clock);
        var names = OfProduct.All.Select(d => d.Name).ToList();
        foreach (var name in assembly.Strategies.Select(s => s.Descriptor.Name))
        {
            if (StrategyNames.Find(name, names) is { } taken) throw new ConfigurationException($"{path}: the strategy {name} has the name of one of mts' own, {taken}; give it another one.");
        }

        return new AvailableStrategies(assembly, limit, session.Clock);
    }

    public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters)
    {
        var found = Resolve(name);
        if (user?.Strategies.FirstOrDefault(s => s.Descriptor.Name == found) is not { } own) return product.Create(found, parameters);
        var values = NumberSpec.Read($"strategy {found}", own.Descriptor.Parameters, parameters);
        // A search makes thousands; the first one tells whether its constructor returns.
        var strategy = made.TryAdd(found, true) ? limit.Run(() => Make(own, values), $"the constructor of strategy {found}", clock) : Make(own, values);
        return strategy.Name == found ? strategy : throw new StrategyException($"strategy {found} calls itself {strategy.Name}; its name is that of its descriptor.");
    }

    /// <returns>The catalogue name that is meant.</returns>
    /// <exception cref="ConfigurationException">There is none; the message says what there is.</exception>
    public string Resolve(string name) => StrategyNames.Find(name, [.. All.Select(d => d.Name)]) ?? (user is null
        ? StrategyNames.Resolve(name, [.. All.Select(d => d.Name)])
        : throw new ConfigurationException($"unknown strategy '{name}'; {user.Path} has {string.Join(", ", user.Strategies.Select(s => s.Descriptor.Name))}, mts itself {string.Join(", ", product.All.Select(d => d.Name))}."));

    /// <returns>SHA-256 of what the strategy was made of; null for one of the product's, which the version tells.</returns>
    public string? SourceHashOf(string name) => user?.Strategies.Any(s => s.Descriptor.Name == name) == true ? user.SourceHash : null;

    private static IStrategy Make(UserStrategyEntry entry, IReadOnlyDictionary<string, double> values)
    {
        try
        {
            return entry.Create(values);
        }
        catch (Exception fault) when (fault is not MtsException)
        {
            throw new StrategyException($"strategy {entry.Descriptor.Name} cannot be made: {fault.GetType().Name}: {fault.Message}", fault);
        }
    }
}
