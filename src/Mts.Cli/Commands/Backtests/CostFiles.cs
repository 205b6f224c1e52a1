using System.Text.Json;
using System.Text.Json.Serialization;
using Mts.Cli.CommandLine;
using Mts.Cli.Configuration;
using Mts.Core.Trading;

namespace Mts.Cli.Commands.Backtests;

/// <summary>Reads fees, margin tiers and instrument rules from files as in <c>config/fees/</c>, <c>config/margin/</c> and <c>config/rules/</c>.</summary>
internal sealed class CostFiles(Session session)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <returns>By instrument.</returns>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="SettingsException">It cannot be read.</exception>
    /// <exception cref="ConfigurationException">No file is for one of the markets.</exception>
    public IReadOnlyList<FeeSchedule> Fees(IReadOnlyList<string> names, IReadOnlyList<SeriesKey> keys)
    {
        var schedules = names.Select(n => Read<FeeFile>("--fees", "fees", n).ToSchedule()).ToList();
        return [.. keys.Select(k => schedules.Find(s => s.IsPerpetual == k.Symbol.IsPerpetual)
            ?? throw new ConfigurationException($"no file of --fees has \"market\": \"{(k.Symbol.IsPerpetual ? "perpetual" : "spot")}\", and {k.Symbol} needs one; config/fees/ has examples."))];
    }

    /// <param name="name">Null for those of the configuration, by venue.</param>
    /// <param name="keys">The instruments.</param>
    /// <returns>By instrument; null for spot.</returns>
    /// <exception cref="ConfigurationException">A file lacks a perpetual.</exception>
    public IReadOnlyList<MarginTable?> MarginTables(string? name, IReadOnlyList<SeriesKey> keys) => [.. keys.Select(k => k.Symbol.IsPerpetual ? MarginTable(name, k) : null)];

    /// <returns>By instrument; null for what the file does not know.</returns>
    public IReadOnlyList<RuleHistory?> Rules(string name, IReadOnlyList<SeriesKey> keys)
    {
        var file = Read<RuleFile>("--rules", "rules", name);
        return [.. keys.Select(k => file.Instruments.FirstOrDefault(i => Symbol.Parse(i.Symbol) == k.Symbol)?.ToHistory())];
    }

    private MarginTable MarginTable(string? name, SeriesKey key)
    {
        var path = name ?? Path.Combine(session.ConfigDirectory, "margin", key.Venue + ".json");
        if (name is null && !File.Exists(path)) throw new ConfigurationException($"there is no {path}; name a file with the margin tiers of {key.Venue} by --margin-tiers.");
        var file = Read<MarginFile>("--margin-tiers", "margin", path);
        if (!file.Instruments.TryGetValue(key.Symbol.ToString(), out var tiers) && !file.Instruments.TryGetValue("*", out tiers))
            throw new ConfigurationException($"{path} has no tiers for {key.Symbol}, nor \"*\" for all others.");
        return Table(path, file, tiers);
    }

    // Tiers that are taken for all of the past, or tables by date.
    private static MarginTable Table(string path, MarginFile file, JsonElement entry)
    {
        try
        {
            if (entry is not { ValueKind: JsonValueKind.Array } || entry.GetArrayLength() == 0 || !entry[0].TryGetProperty("tiers", out _))
                return new MarginTable(file.Name, file.LiquidationFeeBps, entry.Deserialize<IReadOnlyList<MarginTier>>(Strict)!);
            var tables = entry.Deserialize<IReadOnlyList<MarginFileTable>>(Strict)!
                .Select(t => new MarginTable(file.Name, t.LiquidationFeeBps ?? file.LiquidationFeeBps, t.Tiers) { From = Timestamp.FromDate(t.From) }).ToList();
            return tables[0] with { Later = [.. tables.Skip(1)] };
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new SettingsException([$"{path}: {broken.Message}"]);
        }
    }

    // A file, or the name of one that comes with the configuration: binance-spot.
    private T Read<T>(string flag, string folder, string name)
        where T : class
    {
        var path = Path.GetFullPath(name, session.Host.CurrentDirectory);
        if (!File.Exists(path) && Path.Combine(session.ConfigDirectory, folder, name + ".json") is var known && File.Exists(known)) path = known;
        if (!File.Exists(path)) throw new UsageException($"{flag}: there is no file {path}.");
        var problems = new List<string>();
        if (JsonFile.TryRead(path, problems) is { } json && problems.Count == 0)
        {
            try
            {
                return json.Deserialize<T>(Strict)!;
            }
            catch (Exception broken) when (broken is JsonException or ConfigurationException)
            {
                problems.Add($"{path}: {broken.Message}");
            }
        }

        throw new SettingsException(problems);
    }

    private sealed record FeeFile(string Name, string Market, IReadOnlyList<FeeFileTable> Tables, string? Source = null, DateOnly? AsOf = null)
    {
        public FeeSchedule ToSchedule() => Market is "spot" or "perpetual"
            ? new FeeSchedule(Name, Market == "perpetual", [.. Tables.Select(t => new FeeTable(Timestamp.FromDate(t.From), t.Tiers))])
            : throw new ConfigurationException($"fees {Name}: market is '{Market}'; allowed are spot and perpetual.");
    }

    private sealed record FeeFileTable(DateOnly From, IReadOnlyList<FeeTier> Tiers);

    private sealed record MarginFile(string Name, decimal LiquidationFeeBps, IReadOnlyDictionary<string, JsonElement> Instruments, string? Source = null, DateOnly? AsOf = null);

    private sealed record MarginFileTable(DateOnly From, IReadOnlyList<MarginTier> Tiers, decimal? LiquidationFeeBps = null);

    private sealed record RuleFile(IReadOnlyList<RuleFileEntry> Instruments, string? Source = null, DateOnly? AsOf = null);

    private sealed record RuleFileEntry(string Symbol, IReadOnlyList<RuleFileRules> Rules)
    {
        public RuleHistory ToHistory() => new([.. Rules.Select(r => new InstrumentRules(Timestamp.FromDate(r.From), r.Tick, r.Lot, r.MinNotional))]);
    }

    private sealed record RuleFileRules(DateOnly From, decimal? Tick = null, decimal? Lot = null, decimal? MinNotional = null);
}
