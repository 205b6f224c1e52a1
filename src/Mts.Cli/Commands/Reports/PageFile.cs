namespace Mts.Cli.Commands.Reports;

/// <summary>Writes a page and says where.</summary>
internal static class PageFile
{
    public static void Write(Session session, string file, string page)
    {
        var path = Path.GetFullPath(file, session.Host.CurrentDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, page);
        session.Output.Line($"report {path}");
    }
}
