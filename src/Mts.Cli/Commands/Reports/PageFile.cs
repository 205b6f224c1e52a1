namespace Mts.Cli.Commands.Reports;

/// <summary>Writes a page and says where.</summary>
internal static class PageFile
{
    /// <param name="session">Where its result goes.</param>
    /// <param name="file">Absolute, or from the current directory.</param>
    /// <param name="page">What it holds.</param>
    /// <param name="kind">What it is called.</param>
    public static void Write(Session session, string file, string page, string kind = "report")
    {
        var path = Path.GetFullPath(file, session.Host.CurrentDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, page);
        session.Output.Line($"{kind} {path}");
    }
}
