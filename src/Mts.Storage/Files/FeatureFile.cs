using Mts.Core;
using Mts.Core.Market;

namespace Mts.Storage.Files;

/// <summary>Feature tables as CSV: <c>known_time,asset,symbol</c>, then the features; an empty field is a value that was not known or is undefined.</summary>
public static class FeatureFile
{
    /// <summary>Adds one row.</summary>
    public delegate void AddRow(Timestamp knownTime, string asset, Symbol symbol, ReadOnlySpan<double?> values);

    /// <param name="path">Replaced when it is complete.</param>
    /// <param name="columns">Names of the features.</param>
    /// <param name="fill">Gives the rows.</param>
    /// <exception cref="ConfigurationException">The name does not end in <c>.csv</c>.</exception>
    public static void Write(string path, IReadOnlyList<string> columns, Action<AddRow> fill)
    {
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) throw new ConfigurationException($"'{path}' must end in .csv.");
        Durable.Write(path, file =>
        {
            var csv = new CsvWriter(file);
            foreach (var name in (IEnumerable<string>)["known_time", "asset", "symbol", .. columns]) csv.Add(name);
            csv.EndLine();
            fill((time, asset, symbol, values) =>
            {
                csv.Add(time).Add(asset).Add(symbol.ToString());
                foreach (var value in values) csv.Add(value);
                csv.EndLine();
            });
            csv.Flush();
        });
    }
}
