using System.Text.Json;
using Microsoft.Data.Sqlite;
using Mts.Cli;
using Mts.Cli.CommandLine;
using Mts.IntegrationTests.Cli;

namespace Mts.IntegrationTests.Acceptance;

/// <summary>A user at work: a folder, variables, a clock, and commands typed as one line.</summary>
internal sealed class Desk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-desk-");

    public string Folder => folder.FullName;

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal) { ["MTS_HOME"] = Checkout.Root };

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Makes a file in the folder.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Runs the command inside the test process.</summary>
    public async Task<Said> RunAsync(string line, CancellationToken? cancellationToken = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost { Out = output, Error = error, Variables = Variables, CurrentDirectory = Folder, ProgramDirectory = AppContext.BaseDirectory, Clock = Clock };
        var exitCode = await CliProgram.RunAsync(host, Words(line), cancellationToken ?? TestContext.Current.CancellationToken);
        return new Said(line, exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a line that must succeed, and reads its document.</summary>
    public async Task<JsonElement> JsonAsync(string line) => (await RunAsync(line + " --json")).With(0).Document();

    /// <summary>Runs the real program in a process of its own.</summary>
    public async Task<Said> RunProcessAsync(string line)
    {
        var start = MtsProcess.Start(Folder, Words(line));
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        var (exitCode, output, error) = await MtsProcess.RunAsync(start);
        return new Said(line, exitCode, output, error);
    }

    /// <summary>Rows of a query, each as one line; read beside mts, as anybody's program would.</summary>
    public IReadOnlyList<string> Query(string sql, string data = "data")
    {
        using var connection = new SqliteConnection($"Data Source={PathOf(Path.Combine(data, "crypto_data.db"))};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return rows;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
