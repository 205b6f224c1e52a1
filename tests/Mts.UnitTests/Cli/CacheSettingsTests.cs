using Mts.Cli.Configuration;

namespace Mts.UnitTests.Cli;

public sealed class CacheSettingsTests : IDisposable
{
    private readonly CliRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void Are_the_process_itself_unless_said_otherwise()
    {
        var cache = Load("{}").Settings.Cache;
        (cache.Kind, cache.BookInterval, cache.Redis().Address.ToString()).ShouldBe(("memory", TimeSpan.FromSeconds(1), "localhost:6379"));
    }

    [Fact]
    public void Reach_the_client_and_the_writer()
    {
        run.Variables["MTS__Cache__Password"] = "battery-staple";
        var cache = Load("""{ "cache": { "kind": "redis", "url": "rediss://mts:old@cache.example:6380/2", "commandTimeout": "40ms", "bookInterval": "5s", "bookDepth": 5 } }""").Settings.Cache;

        var options = cache.Redis();
        (options.Address.User, options.Address.Database, options.Address.IsTls, options.Password).ShouldBe(("mts", 2, true, "battery-staple"));
        (options.CommandTimeout, options.CaFile).ShouldBe((TimeSpan.FromMilliseconds(40), null));
        var market = cache.Market("host:1");
        (market.Writer, market.BookInterval, market.BookDepth).ShouldBe(("host:1", TimeSpan.FromSeconds(5), 5));
    }

    [Theory]
    [InlineData("""{ "cache": { "kind": "memcached" } }""", "cache.kind: 'memcached' is not allowed; allowed are memory, redis.")]
    [InlineData("""{ "cache": { "url": "localhost:6379" } }""", "cache.url: the address begins with neither redis:// nor rediss://")]
    [InlineData("""{ "cache": { "kind": "redis", "url": "redis://:hunter2@host/x" } }""", "cache.url: the address ends in something that is no database number")]
    [InlineData("""{ "cache": { "commandTimeout": "1us" } }""", "cache.commandTimeout")]
    [InlineData("""{ "cache": { "connectTimeout": "2m" } }""", "cache.connectTimeout: '00:02:00' is not allowed")]
    [InlineData("""{ "cache": { "bookDepth": 0 } }""", "cache.bookDepth: '0' is not allowed")]
    [InlineData("""{ "cache": { "kind": "redis", "caFile": "/nowhere/ca.pem" } }""", "cache.caFile: /nowhere/ca.pem cannot be read")]
    public void That_no_run_can_start_with_are_named_and_tell_no_password(string json, string said)
    {
        var wrong = Should.Throw<SettingsException>(() => Load(json));
        wrong.Problems.Single().ShouldContain(said);
        wrong.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("redis://mts:hunter2@localhost:1/0", "redis://mts:***@localhost:1/0", "hunter2")]
    [InlineData("redis://:hun%2Fter2@localhost:1", "redis://:***@localhost:1", "hun/ter2")]
    [InlineData("redis://localhost:1/0", "redis://localhost:1/0", null)]
    public async Task Show_no_password_even_where_it_stands_in_the_address(string url, string shown, string? secret)
    {
        run.Write("config/settings.json", $$"""{ "cache": { "kind": "redis", "url": "{{url}}", "password": "battery-staple" } }""");

        (await run.RunAsync("config", "show", "--config", Path.Combine(run.Folder, "config"), "--json")).ShouldBe(0);
        run.Out.ShouldContain($"\"{shown}\"");
        run.Out.ShouldNotContain("battery-staple");
        var secrets = Load(File.ReadAllText(Path.Combine(run.Folder, "config", "settings.json"))).Secrets;
        secrets.ShouldContain("battery-staple");
        if (secret is not null) secrets.ShouldContain(secret);
    }

    [Fact]
    public async Task Are_checked_by_doctor_which_names_what_to_change()
    {
        // Port 1 of this machine: nobody listens there.
        run.Write("config/settings.json", """{ "cache": { "kind": "redis", "url": "redis://mts:hunter2@127.0.0.1:1" } }""");
        run.Write("config/assets.json", """[]""");

        await run.RunAsync("doctor", "--config", Path.Combine(run.Folder, "config"));
        run.Out.ShouldContain("127.0.0.1:1 cannot be reached: Connection refused");
        run.Out.ShouldContain("cache.url");
        (run.Out + run.Error).ShouldNotContain("hunter2");
    }

    private LoadedSettings Load(string json)
    {
        run.Write("config/settings.json", json);
        return SettingsLoader.Load(Path.Combine(run.Folder, "config"), null, run.Variables, []);
    }
}
