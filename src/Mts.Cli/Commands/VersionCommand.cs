using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Mts.Cli.CommandLine;

namespace Mts.Cli.Commands;

/// <summary><c>mts version</c>: which program this is; touches no file.</summary>
internal static class VersionCommand
{
    /// <summary>The product's version, <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Create(CliHost host) => new Command("version", "Prints the version.").Runs(host, (session, _) =>
    {
        session.Output.Line($"mts {Version}");
        session.Output.Line($"crypto market data pipeline, signals and backtests; {RuntimeInformation.FrameworkDescription}");
        session.Output.Document(w =>
        {
            w.WriteStartObject();
            w.WriteString("name", "mts");
            w.WriteString("version", Version);
            w.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            w.WriteEndObject();
        });
        return ExitCode.Done;
    });
}
