namespace Mts.IntegrationTests.Cli;

public sealed class MtsProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-process-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("", 0, "Usage:", "")]
    [InlineData("version", 0, "mts ", "")]
    [InlineData("--version", 0, "mts ", "")]
    [InlineData("symbols", 0, "bitcoin ", "")]
    [InlineData("config validate", 0, "all valid", "")]
    [InlineData("nonsense", 2, "", "error: unknown command 'nonsense'")]
    [InlineData("--collect --days 400", 2, "", "cannot exceed 365")]
    [InlineData("--server --port 8080", 1, "", "later version")]
    public async Task Ends_with_the_promised_code_and_words(string line, int exitCode, string output, string error)
    {
        var result = await MtsProcess.RunAsync(folder.FullName, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Out.ShouldContain(output);
        result.Error.ShouldContain(error);
        if (exitCode != 0) result.Out.ShouldBeEmpty();
        result.Out.ShouldNotContain("\u001b");
    }
}
