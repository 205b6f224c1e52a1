using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.UserStrategies;
using Mts.Core.Signals;

namespace Mts.Cli.Commands;

/// <summary><c>mts strategy new</c>: writes a strategy to start from, with its checks.</summary>
internal static class StrategyNewCommand
{
    private const int LongestName = 60;

    // An assembly of the one's name, a class of the other's, would stand for what the strategy needs itself.
    private static readonly string[] Reserved = ["Mts", "System", "I", "IUser"];

    public static Command Create(CliHost host)
    {
        var name = new Argument<string>("name") { Description = "Letters and digits: AboveMean." };
        var folder = new Option<string?>("--out") { Description = "Where its folder is made; here unless given.", HelpName = "DIR" };
        return new Command("new", "Writes a small project: a strategy of your own and its checks.") { name, folder }.Runs(host, (session, arguments) =>
        {
            var chosen = NameOf(arguments.GetValue(name)!);
            var path = Path.GetFullPath(Path.Combine(arguments.GetValue(folder) ?? ".", chosen), host.CurrentDirectory);
            if (Path.Exists(path)) throw new ConfigurationException($"{path} is there already, and nothing is overwritten; choose another name or --out.");
            var files = StrategyTemplate.Files(chosen, host.ProgramDirectory);
            Write(path, files);
            session.Output.Line($"{path}: {string.Join(", ", files.Select(f => f.Name))}");
            session.Output.Line($"`dotnet run --project {path}` checks it, `mts backtest --strategy-path {path} --strategy {chosen} --symbols BTC` runs it");
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                w.WriteString("strategy", chosen);
                w.WriteString("folder", path);
                w.WriteStartArray("files");
                foreach (var (file, _) in files) w.WriteStringValue(file);
                w.WriteEndArray();
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }

    private static string NameOf(string text)
    {
        const string Suffix = "Strategy";
        var bare = text.Length > Suffix.Length && text.EndsWith(Suffix, StringComparison.Ordinal) ? text[..^Suffix.Length] : text;
        if (bare.Length is 0 or > LongestName || !char.IsAsciiLetter(bare[0]) || !bare.All(char.IsAsciiLetterOrDigit)) throw new UsageException($"'{text}' is no name of a strategy: up to {LongestName} letters and digits, a letter first.");
        var name = char.ToUpperInvariant(bare[0]) + bare[1..];
        if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase)) throw new UsageException($"{name} means something else in the code of a strategy; choose another name.");
        var taken = StrategyNames.Find(name, [.. AvailableStrategies.OfProduct.All.Select(s => s.Name)]);
        return taken is null ? name : throw new UsageException($"mts has a strategy {taken} itself; choose another name.");
    }

    // As a whole or not at all.
    private static void Write(string path, IReadOnlyList<(string Name, string Text)> files)
    {
        var fresh = $"{path}.{Environment.ProcessId}.new";
        try
        {
            Directory.CreateDirectory(fresh);
            foreach (var (file, text) in files) File.WriteAllText(Path.Combine(fresh, file), text);
            Directory.Move(fresh, path);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be written: {closed.Message} --out names a folder that can be written.", closed);
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }
}
