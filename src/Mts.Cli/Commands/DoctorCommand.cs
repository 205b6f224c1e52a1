using System.CommandLine;
using Mts.Cli.CommandLine;
using Mts.Cli.Output;
using Mts.Storage.Sqlite;

namespace Mts.Cli.Commands;

/// <summary><c>mts doctor</c>: whether everything that a run needs is in order; exit code 1 when something is not.</summary>
internal static class DoctorCommand
{
    public static Command Create(CliHost host)
    {
        var online = new Option<bool>("--online") { Description = "Also ask every service whether it answers." };
        return new Command("doctor", "Checks configuration, store and, on request, the services.") { online }.Runs(host, async (session, arguments, cancellationToken) =>
        {
            var findings = new List<(string Check, bool Ok, string Detail)>();
            await CheckAsync(findings, "configuration", () => Task.FromResult($"{session.Loaded.Bound.Count} settings from {session.ConfigDirectory}, environment {session.Loaded.Environment}"));
            await CheckAsync(findings, "assets", () => Task.FromResult($"{session.Assets.All.Count} assets"));
            if (findings.TrueForAll(f => f.Ok))
            {
                await CheckAsync(findings, "store", () => Task.FromResult(StoreState(session)));
                await CheckAsync(findings, "cache", () => CacheStateAsync(session, cancellationToken));
                await CheckAsync(findings, "free space", () => Task.FromResult(FreeSpace(session)));
                if (arguments.GetValue(online)) await ProbeAsync(session, findings, cancellationToken);
            }

            return Show(session, findings);
        });
    }

    private static async Task ProbeAsync(Session session, List<(string, bool, string)> findings, CancellationToken cancellationToken)
    {
        using var sources = new Sources(session);
        foreach (var probe in sources.Probes)
        {
            await CheckAsync(findings, probe.Service, async () =>
            {
                var time = await probe.ProbeAsync(cancellationToken);
                if (time is not { } told) return "answers";
                var skew = (told - Timestamp.Now(session.Clock)).Duration();
                return skew < TimeSpan.FromSeconds(5) ? "answers; the clocks agree" : $"answers; its clock differs by {Figures.Age(skew)}";
            });
        }
    }

    private static async Task CheckAsync(List<(string, bool, string)> findings, string name, Func<Task<string>> check)
    {
        try
        {
            findings.Add((name, true, await check()));
        }
        catch (MtsException wrong)
        {
            findings.Add((name, false, wrong.Message));
        }
    }

    private static string StoreState(Session session)
    {
        if (!SqliteStore.Exists(session.DataDirectory)) return $"none yet in {session.DataDirectory}; `mts collect` makes one";
        using var store = SqliteStore.OpenReader(session.DataDirectory, session.Clock);
        var damage = store.CheckIntegrity();
        if (damage.Count > 0) throw new StorageException($"{session.DataDirectory}: {damage[0]}; `mts data restore` takes a backup.");
        return $"{session.DataDirectory}: {store.ListSeries().Count} series of bars, whole; SQLite {SqliteStore.EngineVersion}";
    }

    private static async Task<string> CacheStateAsync(Session session, CancellationToken cancellationToken)
    {
        await using var cache = session.OpenCache();
        try
        {
            return await cache.DescribeAsync(cancellationToken);
        }
        catch (ApiException away)
        {
            throw new StorageException($"{away.Message} The settings are cache.url, cache.password (MTS__Cache__Password), cache.caFile and cache.connectTimeout.", away);
        }
    }

    private static string FreeSpace(Session session)
    {
        var folder = session.DataDirectory;
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder) ?? Path.GetPathRoot(session.DataDirectory)!;
        var free = new DriveInfo(folder).AvailableFreeSpace / 1_048_576;
        return free > 500 ? $"{Figures.Count(free)} MiB" : throw new StorageException($"only {free} MiB are free at {folder}; collections need more.");
    }

    private static int Show(Session session, List<(string Check, bool Ok, string Detail)> findings)
    {
        var grid = new Grid("check", "state", "detail");
        foreach (var (check, ok, detail) in findings) grid.Add(check, ok ? "ok" : "FAILED", detail);
        session.Output.Table(grid);
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteBoolean("healthy", findings.TrueForAll(f => f.Ok));
            w.WriteStartArray("checks");
            foreach (var (check, ok, detail) in findings)
            {
                w.WriteStartObject();
                w.WriteString("check", check);
                w.WriteBoolean("ok", ok);
                w.WriteString("detail", detail);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        });
        return findings.TrueForAll(f => f.Ok) ? ExitCode.Done : ExitCode.Failed;
    }
}
