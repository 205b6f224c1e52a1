using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data restore FILE</c>: puts a backup in the place of the store; what was there is kept beside it.</summary>
internal static class DataRestoreCommand
{
    public static Command Create(CliHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A copy that `mts data backup` made." };
        return new Command("restore", "Puts a backup in the place of the store; the old one is kept beside it.") { file }.Runs(host, (session, arguments) =>
        {
            var path = Path.GetFullPath(arguments.GetRequiredValue(file), host.CurrentDirectory);
            if (!File.Exists(path)) throw new UsageException($"there is no file {path}.");
            SqliteStore.Restore(session.DataDirectory, path, session.Clock);
            session.Output.Line($"{session.DataDirectory} holds {path} now.");
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                w.WriteString("restored", path);
                w.WriteString("data_dir", session.DataDirectory);
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }
}
