using Mts.Cli;
using Mts.Core.Market;
using Mts.Storage.Sqlite;
using static Mts.UnitTests.Storage.StoreSamples;

namespace Mts.UnitTests.Cli;

public sealed class CsvMirrorTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Jobs_that_end_at_the_same_time_write_the_files_one_after_the_other()
    {
        run.Write("config/settings.json", "{}");
        run.Write("config/assets.json", File.ReadAllText(Path.Combine(Repository.Root, "config", "assets.json")));
        var host = new CliHost { Out = TextWriter.Null, Error = TextWriter.Null, CurrentDirectory = run.Folder, ProgramDirectory = run.Folder };
        using var session = new Session(host, new SessionOptions());
        using var store = session.OpenWriter("test");
        using var together = new Barrier(4);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(job => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    for (var round = 0; round < 25; round++)
                    {
                        together.SignalAndWait(TestContext.Current.CancellationToken);
                        store.WriteBars(BtcDaily, true, [Daily((round * 4) + job)], From("binance"));
                        session.MirrorAsCsv(store);
                    }
                }
                finally
                {
                    together.RemoveParticipant();
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        File.ReadAllLines(Path.Combine(session.DataDirectory, "backup", "bitcoin_2024.csv")).Length.ShouldBe(101);
    }
}
