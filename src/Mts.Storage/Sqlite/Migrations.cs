using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Mts.Core;
using Mts.Core.Market;

namespace Mts.Storage.Sqlite;

/// <param name="Version">Counts from 1 without gaps.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Sql">The script; no transaction statements of its own.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the script with line feeds, lower-case hex.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}

/// <summary>The numbered steps that make the schema, each applied once and in its own transaction.</summary>
internal sealed class Migrations(IReadOnlyList<Migration> steps)
{
    public static Migrations Embedded { get; } = new(Load());

    public IReadOnlyList<Migration> Steps { get; } = steps;

    /// <summary>Applies what is missing.</summary>
    public void Apply(Database database, string path, TimeProvider clock)
    {
        database.Execute("CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT");
        foreach (var step in Steps.Skip(CheckApplied(database, path)))
        {
            using var transaction = database.Begin();
            database.Execute(step.Sql);
            database.Run(
                "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
                step.Version, step.Name, step.Checksum, Timestamp.Now(clock).ToString());
            transaction.Commit();
        }
    }

    /// <returns>How many steps the file has.</returns>
    /// <exception cref="StorageException">The file was made by a newer program, or with other scripts than ours.</exception>
    public int CheckApplied(Database database, string path)
    {
        var applied = database.Read(
            "SELECT version, name, checksum FROM schema_migration ORDER BY version", r => (Version: r.Int64(0), Name: r.Text(1), Checksum: r.Text(2)));
        for (var i = 0; i < applied.Count; i++)
        {
            if (i >= Steps.Count)
                throw new StorageException($"{path} has schema {applied[^1].Version}, made by a newer version of mts; this one knows {Steps.Count}. Use the newer program.");
            if (applied[i].Version != Steps[i].Version || applied[i].Checksum != Steps[i].Checksum)
                throw new StorageException($"{path}: schema step {applied[i].Version} ({applied[i].Name}) was made by another script than this program's; restore a backup, or use the program that made it.");
        }

        return applied.Count;
    }

    private static IReadOnlyList<Migration> Load()
    {
        const string Prefix = "sqlite/";
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select((name, i) => new Migration(i + 1, name[Prefix.Length..], Text(assembly, name))),
        ];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
