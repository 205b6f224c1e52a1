using System.Text.Json;
using Mts.Storage.Files;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands.Backtests;

/// <summary>Results of runs: files of the data folder that the next writer enters into the store's index.</summary>
internal static class RunFiles
{
    /// <summary>Keeps a result as <c>runs/{id}.json</c>; the same run has the same file.</summary>
    public static void Keep(Session session, string id, byte[] json)
    {
        var path = Path.Combine(session.DataDirectory, "runs", id + ".json");
        if (File.Exists(path)) return;
        try
        {
            Durable.Write(path, file => file.Write(json));
        }
        // Another process may be keeping the same run.
        catch (Exception closed) when ((closed is IOException or UnauthorizedAccessException) && !File.Exists(path))
        {
            session.Output.Note($"warning: the result is not kept in {Path.GetDirectoryName(path)}: {closed.Message}");
        }
    }

    /// <summary>Enters what is not in the index yet.</summary>
    public static void Index(SqliteStore store, TimeProvider clock)
    {
        var folder = Path.Combine(store.DataDir, "runs");
        if (!Directory.Exists(folder)) return;
        var known = store.ListRuns().Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Where(f => !known.Contains(Path.GetFileNameWithoutExtension(f))).Order(StringComparer.Ordinal))
            store.WriteRun(Read(file, clock));
    }

    private static RunRecord Read(string file, TimeProvider clock)
    {
        var text = File.ReadAllText(file);
        using var document = JsonDocument.Parse(text);
        var run = document.RootElement.GetProperty("run");
        return new RunRecord(
            run.GetProperty("id").GetString()!, Timestamp.Now(clock),
            string.Join(", ", run.GetProperty("strategies").EnumerateArray().Select(s => s.GetProperty("name").GetString())),
            string.Join(", ", run.GetProperty("series").EnumerateArray().Select(s => s.GetProperty("symbol").GetString())),
            Timestamp.Parse(run.GetProperty("start").GetString()), Timestamp.Parse(run.GetProperty("end").GetString()), text);
    }
}
