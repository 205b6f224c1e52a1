using Mts.Core;
using Mts.Storage.Cache.Redis;

namespace Mts.UnitTests.Storage.Cache;

public sealed class RedisAddressTests
{
    public static TheoryData<string, RedisAddress> Addresses => new()
    {
        { "redis://localhost:6379/0", new("localhost", 6_379, 0, false, null, null) },
        { "redis://localhost", new("localhost", 6_379, 0, false, null, null) },
        { "REDIS://10.0.0.7:7000/12", new("10.0.0.7", 7_000, 12, false, null, null) },
        { "rediss://cache.example.org:6380", new("cache.example.org", 6_380, 0, true, null, null) },
        { "redis://mts:se%40cret%2F1@h:1/2", new("h", 1, 2, false, "mts", "se@cret/1") },
        { "redis://:p:w@h", new("h", 6_379, 0, false, null, "p:w") },
        { "redis://mts@h", new("h", 6_379, 0, false, "mts", null) },
        { "redis://[::1]:6400/1", new("::1", 6_400, 1, false, null, null) },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Is_read_in_the_form_that_other_clients_know(string text, RedisAddress expected) => RedisAddress.Parse(text).ShouldBe(expected);

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://localhost:6379")]
    [InlineData("redis://")]
    [InlineData("redis://user:hunter2@:6379")]
    [InlineData("redis://:hunter2@host:0")]
    [InlineData("redis://:hunter2@host:99999")]
    [InlineData("redis://:hunter2@host/one")]
    [InlineData("redis://:hunter2@host/-1")]
    [InlineData("redis://:hunter2@host/1?x=2")]
    public void What_is_none_is_refused_without_telling_the_password(string text) =>
        Should.Throw<ConfigurationException>(() => RedisAddress.Parse(text)).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain("redis://host:6379/0"),
            m => m.ShouldNotContain("hunter2"));

    [Fact]
    public void Its_text_has_no_password()
    {
        var address = RedisAddress.Parse("rediss://mts:hunter2@[::1]:6400/1");
        address.ToString().ShouldBe("[::1]:6400");
        new RedisOptions { Address = address, Password = "hunter3" }.ToString().ShouldBe("[::1]:6400");
    }
}
