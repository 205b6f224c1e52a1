using System.CommandLine;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands.Data;

/// <summary><c>mts data backup FILE</c>: a consistent copy of the store, proven whole.</summary>
internal static class DataBackupCommand
{
    public static Command Create(CliHost host)
    {
        var file = new Argument<string>("FILE") { Description = "Where the copy goes; must not exist." };
        return new Command("backup", "Copies the store as of now, beside readers and a writer.") { file }.Runs(host, (session, arguments) =>
        {
            var path = Path.GetFullPath(arguments.GetRequiredValue(file), host.CurrentDirectory);
            using var store = session.OpenReader();
            store.Backup(path);
            session.Output.Line($"{path}: {new FileInfo(path).Length:#,##0} bytes, whole.");
            session.Output.Document(w =>
            {
                w.WriteStartObject();
                w.WriteString("file", path);
                w.WriteNumber("bytes", new FileInfo(path).Length);
                w.WriteEndObject();
            });
            return ExitCode.Done;
        });
    }
}
