using System.Reflection;

namespace Mts.Cli.UserStrategies;

/// <summary>An assembly with strategies of the user's.</summary>
/// <param name="Path">As the user wrote it.</param>
/// <param name="SourceHash">SHA-256 of what it was made of.</param>
/// <param name="Strategies">By name.</param>
internal sealed record UserAssembly(string Path, string SourceHash, IReadOnlyList<UserStrategyEntry> Strategies)
{
    /// <param name="file">The assembly.</param>
    /// <param name="path">As the user wrote it, for messages.</param>
    /// <param name="sourceHash">Of what it was made of.</param>
    /// <exception cref="ConfigurationException">It is no assembly, or holds no strategy that can be run.</exception>
    public static UserAssembly Load(string file, string path, string sourceHash)
    {
        try
        {
            var types = new UserLoadContext(file).LoadFrom(file).GetTypes();
            var found = types.Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && t.IsAssignableTo(typeof(IUserStrategy))).ToList();
            if (found.Count == 0) throw new ConfigurationException($"{path} has no strategy: a class that implements {typeof(IUserStrategy).FullName}. {Others(types)}`mts strategy new` writes one to start from.");
            var strategies = found.Select(EntryOf).OrderBy(s => s.Descriptor.Name, StringComparer.Ordinal).ToList();
            foreach (var strategy in strategies) Check(strategy.Descriptor, path);
            var twice = strategies.GroupBy(s => s.Descriptor.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
            return twice is null ? new UserAssembly(path, sourceHash, strategies) : throw new ConfigurationException($"{path} has {twice.Count()} strategies by the name of {twice.Key}.");
        }
        catch (Exception broken) when (broken is BadImageFormatException or FileLoadException or FileNotFoundException or ReflectionTypeLoadException or TypeLoadException)
        {
            throw new ConfigurationException($"{path} is no assembly that this mts can run: {Cause(broken)}. Compile it again, against the Mts.Core of this version.", broken);
        }
        catch (TargetInvocationException failed)
        {
            throw new ConfigurationException($"{path}: the descriptor of a strategy cannot be read: {failed.GetBaseException().Message}", failed);
        }
    }

    private static UserStrategyEntry EntryOf(Type type) =>
        (UserStrategyEntry)typeof(UserAssembly).GetMethod(nameof(Entry), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!;

    private static UserStrategyEntry Entry<T>()
        where T : IUserStrategy => new(T.Descriptor, T.Create);

    private static void Check(StrategyDescriptor descriptor, string path)
    {
        if (descriptor.Name.Length == 0 || !descriptor.Name.All(char.IsAsciiLetterOrDigit)) throw new ConfigurationException($"{path}: '{descriptor.Name}' is no name of a strategy; letters and digits are.");
        foreach (var p in descriptor.Parameters)
        {
            if (!(p.Min <= p.Default && p.Default <= p.Max)) throw new ConfigurationException($"{path}: strategy {descriptor.Name}: the default {p.Default} of {p.Name} is not {p.Range}.");
            if (descriptor.Parameters.Count(o => o.Name == p.Name) > 1) throw new ConfigurationException($"{path}: strategy {descriptor.Name} has two parameters by the name of {p.Name}.");
        }
    }

    private static string Others(Type[] types)
    {
        var names = types.Where(t => t is { IsPublic: true, IsClass: true }).Select(t => t.Name).Order(StringComparer.Ordinal).Take(10).ToList();
        return names.Count > 0 ? $"Its classes are {string.Join(", ", names)}. " : "";
    }

    private static string Cause(Exception broken) => (broken is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first : broken).Message.TrimEnd('.');
}
