using System.CommandLine;

namespace Mts.Cli.CommandLine;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Config = new("--config") { Description = "Folder with settings.json, assets.json, exchanges/ and strategies/; `config` here or beside the program unless given.", HelpName = "DIR", Recursive = true };
    public static readonly Option<string?> DataDir = new("--data-dir") { Description = "Folder of the store and of all that is written; storage.dataDir unless given.", HelpName = "DIR", Recursive = true };
    public static readonly Option<string?> Env = new("--env") { Description = "Development, Staging or Production.", HelpName = "NAME", Recursive = true };
    public static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Also shows what the log is told.", Recursive = true };
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document.", Recursive = true };

    public static bool TakesValue(string argument) => argument is "--config" or "--data-dir" or "--env";

    public static bool IsFlag(string argument) =>
        argument is "--verbose" or "-v" or "--json" || argument.StartsWith("--config=", StringComparison.Ordinal)
        || argument.StartsWith("--data-dir=", StringComparison.Ordinal) || argument.StartsWith("--env=", StringComparison.Ordinal);

    public static void AddTo(Command root)
    {
        root.Add(Config);
        root.Add(DataDir);
        root.Add(Env);
        root.Add(Verbose);
        root.Add(Json);
    }
}
