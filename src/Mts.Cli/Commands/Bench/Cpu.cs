using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Mts.Cli.Commands.Bench;

/// <summary>Processor time, user and system: of this process, and of whole processes that it starts.</summary>
internal static class Cpu
{
    private const double TicksPerSecond = 100; // USER_HZ of every Linux that .NET runs on

    /// <returns>Seconds of each run, the first one left out: it compiles.</returns>
    public static double[] Of(Action work, int runs)
    {
        work();
        var seconds = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            GC.Collect();
            var before = Environment.CpuUsage.TotalTime;
            work();
            seconds[i] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        return seconds;
    }

    /// <returns>Seconds per run of a whole process; several runs are summed, because the kernel counts in hundredths.</returns>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static double OfProcess(IReadOnlyList<string> arguments, string workingDirectory, int runs)
    {
        var before = Children();
        for (var i = 0; i < runs; i++) Run(arguments, workingDirectory);
        return (Children() - before) / runs;
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>This program again, with other arguments, its output to be read.</summary>
    public static ProcessStartInfo Program(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // `dotnet mts.dll` has the library as its first argument, the published program has not.
        if (!Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("mts", StringComparison.Ordinal)) start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private static void Run(IReadOnlyList<string> arguments, string workingDirectory)
    {
        var start = Program(arguments);
        start.WorkingDirectory = workingDirectory;
        using var process = Process.Start(start)!;
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"mts {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}");
    }

    // proc(5): after the name in brackets, cutime and cstime are fields 16 and 17 of the whole line.
    private static double Children()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
