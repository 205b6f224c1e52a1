using Mts.Cli;
using Mts.Cli.CommandLine;

namespace Mts.IntegrationTests.Cache;

public sealed class DoctorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-doctor-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Says_which_server_answers()
    {
        await using var server = await RedisServer.StartAsync(Cancellation, "--requirepass", "correct-horse");
        var (exitCode, said) = await DoctorAsync(server.Port, "correct-horse");
        exitCode.ShouldBe(ExitCode.Done, said);
        said.ShouldMatch($"127\\.0\\.0\\.1:{server.Port} answers; Redis \\d+\\.\\d+\\.\\d+, .* used, at most what the machine has");
    }

    [Fact]
    public async Task Fails_with_the_setting_to_change_where_the_password_is_wrong_or_missing()
    {
        await using var server = await RedisServer.StartAsync(Cancellation, "--requirepass", "correct-horse");
        var (exitCode, said) = await DoctorAsync(server.Port, "wrong-horse");
        exitCode.ShouldBe(ExitCode.Failed);
        said.ShouldContain("refuses this user and password");
        said.ShouldContain("MTS__Cache__Password");
        said.ShouldNotContain("wrong-horse");

        (exitCode, said) = await DoctorAsync(server.Port, "");
        exitCode.ShouldBe(ExitCode.Failed);
        said.ShouldContain("asks for a password; set one");
    }

    private async Task<(int ExitCode, string Said)> DoctorAsync(int port, string password)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var host = new CliHost
        {
            Out = output,
            Error = error,
            CurrentDirectory = folder.FullName,
            ProgramDirectory = AppContext.BaseDirectory,
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["MTS__Cache__Kind"] = "redis",
                ["MTS__Cache__Url"] = $"redis://127.0.0.1:{port}",
                ["MTS__Cache__Password"] = password,
                ["MTS__Cache__ConnectTimeout"] = "30s",
                ["MTS__Cache__CommandTimeout"] = "30s",
            },
        };
        var exitCode = await CliProgram.RunAsync(host, ["doctor", "--config", Path.Combine(Checkout.Root, "config")], Cancellation);
        return (exitCode, output.ToString() + error);
    }
}
