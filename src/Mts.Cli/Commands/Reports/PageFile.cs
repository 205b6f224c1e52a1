using System.Text;
using Mts.Cli.CommandLine;
using Mts.Storage.Files;

namespace Mts.Cli.Commands.Reports;

/// <summary>Writes a page, whole or not at all, and says where.</summary>
internal static class PageFile
{
    /// <summary>Before the work whose page it is.</summary>
    /// <exception cref="UsageException">No file can be there.</exception>
    public static void Check(Session session, string option, string? file)
    {
        if (file is null) return;
        var path = PathOf(session, file);
        if (Path.GetFileName(path).Length == 0 || Directory.Exists(path)) throw new UsageException($"{option}: {path} is a folder; name a file in it, such as {Path.Combine(path, "report.html")}.");
        for (var above = Path.GetDirectoryName(path); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above)) throw new UsageException($"{option}: {above} is a file, no folder; choose another place for {Path.GetFileName(path)}.");
        }
    }

    /// <param name="session">Where its result goes.</param>
    /// <param name="file">Absolute, or from the current directory.</param>
    /// <param name="page">What it holds.</param>
    /// <param name="kind">What it is called.</param>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static void Write(Session session, string file, string page, string kind = "report")
    {
        var path = PathOf(session, file);
        try
        {
            Durable.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"the {kind} {path} cannot be written: {closed.Message} Choose a place where files can be written.", closed);
        }

        session.Output.Line($"{kind} {path}");
    }

    private static string PathOf(Session session, string file) => Path.GetFullPath(file, session.Host.CurrentDirectory);
}
