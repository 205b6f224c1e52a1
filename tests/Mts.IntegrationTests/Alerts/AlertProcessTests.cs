using System.Globalization;
using Mts.Storage.Sqlite.Alerts;

namespace Mts.IntegrationTests.Alerts;

public sealed class AlertProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-alerts-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Of_processes_that_claim_at_once_each_alert_goes_to_one()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var one = AlertChild.Start(folder.FullName);
        using var two = AlertChild.Start(folder.FullName);
        try
        {
            foreach (var child in new[] { one, two }) await AlertChild.HearAsync(child, "ready", cancellation);
            foreach (var child in new[] { one, two }) await child.StandardInput.WriteLineAsync("go");
            using var log = AlertLog.Open(folder.FullName, TimeProvider.System, TimeSpan.FromDays(30));
            var mine = AlertChild.Claim(log);
            var theirs = string.Join(',', await AlertChild.HearAsync(one, "got", cancellation), await AlertChild.HearAsync(two, "got", cancellation));
            var granted = theirs.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Concat(mine);
            granted.Order().ShouldBe(Enumerable.Range(0, AlertChild.Alerts));
        }
        finally
        {
            foreach (var child in new[] { one, two }) child.Kill();
        }
    }
}
