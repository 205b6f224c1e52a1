using System.Diagnostics;
using System.Text.Json;
using Mts.Cli;
using Mts.Cli.CommandLine;

namespace Mts.IntegrationTests.Cli;

/// <summary><c>mts paper</c> in a process of its own, on a clock that runs faster. It is this test program, asked for one explicit test.</summary>
public sealed class PaperChild
{
    private const string Variable = "MTS_TEST_PAPER_CHILD";

    [Fact(Explicit = true)]
    public async Task Runs_until_it_is_killed_or_its_time_is_up()
    {
        var order = JsonSerializer.Deserialize<Order>(Environment.GetEnvironmentVariable(Variable)!)!;
        var host = new CliHost
        {
            Out = Console.Out, Error = Console.Error, CurrentDirectory = order.Folder, ProgramDirectory = AppContext.BaseDirectory,
            Variables = order.Variables, Clock = FastClock.Parse(order.Clock),
        };
        (await CliProgram.RunAsync(host, order.Arguments, TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    internal static Process Start(Order order)
    {
        string[] test = ["-explicit", "only", "-method", $"{typeof(PaperChild).FullName}.{nameof(Runs_until_it_is_killed_or_its_time_is_up)}"];
        var isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, isHost ? ["exec", typeof(PaperChild).Assembly.Location, .. test] : test)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [Variable] = JsonSerializer.Serialize(order) },
        })!;
    }

    internal sealed record Order(string Folder, string Clock, Dictionary<string, string> Variables, string[] Arguments);
}
