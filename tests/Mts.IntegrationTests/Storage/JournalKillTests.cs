using Mts.Cli.Commands.Bench;
using Mts.IntegrationTests.Cli;

namespace Mts.IntegrationTests.Storage;

public sealed class JournalKillTests
{
    [Fact]
    public async Task Loses_nothing_acknowledged_and_repeats_nothing_however_often_its_writer_is_killed()
    {
        var folder = Directory.CreateTempSubdirectory("mts-kill-");
        try
        {
            var kills = new JournalKills(folder.FullName, arguments => MtsProcess.Start(folder.FullName, arguments), TimeProvider.System);
            var report = await kills.RunAsync(20, seed: 1, TestContext.Current.CancellationToken);
            report.Faults.ShouldBeEmpty();
            report.Inputs.ShouldBeGreaterThanOrEqualTo(report.Acknowledged);
            report.Acknowledged.ShouldBeGreaterThan(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
