using System.Diagnostics;
using Mts.Core.Alerts;
using Mts.Core.Market;
using Mts.Storage.Sqlite.Alerts;

namespace Mts.IntegrationTests.Alerts;

/// <summary>A second process that wants to tell the same alerts. It is this test program, asked for one explicit test.</summary>
public sealed class AlertChild
{
    internal const int Alerts = 50;

    private const string FolderVariable = "MTS_TEST_ALERT_CHILD_FOLDER";

    /// <summary>Waits for the word, then claims them all and prints how many it got.</summary>
    [Fact(Explicit = true)]
    public void Claims_all_alerts()
    {
        using var log = AlertLog.Open(Environment.GetEnvironmentVariable(FolderVariable)!, TimeProvider.System, TimeSpan.FromDays(30));
        Say("ready");
        Console.In.ReadLine().ShouldBe("go");
        Say($"got {string.Join(',', Claim(log))}");
    }

    internal static Process Start(string folder)
    {
        string[] test = ["-explicit", "only", "-method", $"{typeof(AlertChild).FullName}.{nameof(Claims_all_alerts)}"];
        var isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, isHost ? ["exec", typeof(AlertChild).Assembly.Location, .. test] : test)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            Environment = { [FolderVariable] = folder },
        })!;
    }

    /// <returns>The numbers of those that were granted.</returns>
    internal static IReadOnlyList<int> Claim(AlertLog log) =>
        [.. Enumerable.Range(0, Alerts).Where(i => log.Claim(Sample(i), TimeSpan.FromMinutes(1), [new AlertDelivery("discord", DeliveryState.Pending)]).Verdict == ClaimVerdict.Mine)];

    /// <summary>What follows the word in the child's output.</summary>
    internal static async Task<string> HearAsync(Process child, string word, CancellationToken cancellationToken)
    {
        while (await child.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var at = line.IndexOf($"child: {word}", StringComparison.Ordinal);
            if (at >= 0) return line[(at + 7 + word.Length)..].Trim();
        }

        throw new InvalidOperationException($"The child ended before it said '{word}'.");
    }

    private static Alert Sample(int number) => new()
    {
        Id = $"alt_{number}_{Environment.ProcessId}", Rule = "r", Kind = "price", Severity = AlertSeverity.Info, Phase = AlertPhase.Raised, Subject = $"subject {number}",
        Title = "t", Text = "", Time = Timestamp.Parse("2026-03-02T12:00:00Z"),
    };

    private static void Say(string text)
    {
        Console.Out.WriteLine($"child: {text}");
        Console.Out.Flush();
    }
}
