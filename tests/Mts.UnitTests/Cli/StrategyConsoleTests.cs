using Mts.Cli.UserStrategies;

namespace Mts.UnitTests.Cli;

public sealed class StrategyConsoleTests
{
    [Fact]
    public async Task What_is_printed_aside_is_dropped_also_by_tasks_that_began_there()
    {
        using var heard = new StringWriter { NewLine = "\n" };
        await using var voice = new StrategyConsole.Voice(heard) { NewLine = "\n" };
        voice.WriteLine("before");
        Task late;
        using (StrategyConsole.Aside())
        {
            using (StrategyConsole.Aside()) voice.Write("deep");
            voice.WriteLine("aside");
            voice.Write('c');
            voice.Write(['a', 'b'], 0, 2);
            voice.WriteLine(7);
            late = Task.Run(() => voice.WriteLine("from a task"), TestContext.Current.CancellationToken);
        }

        await late;
        voice.WriteLine(8);
        await Task.Run(() => voice.Write("after"), TestContext.Current.CancellationToken);
        heard.ToString().ShouldBe("before\n8\nafter");
    }
}
