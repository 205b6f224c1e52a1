using Mts.Adapters.Http;
using Mts.Core;

namespace Mts.UnitTests.Adapters.Http;

public sealed class HttpOptionsTests
{
    [Fact]
    public void Are_in_range_by_default() => new HttpOptions().Problems().ShouldBeEmpty();

    [Fact]
    public void Name_every_setting_that_is_out_of_range_at_once()
    {
        var options = new HttpOptions
        {
            Retries = 11,
            TryTimeout = TimeSpan.Zero,
            Budgets = new Dictionary<string, RateBudget> { ["fred"] = new() { Weight = 0 } },
        };
        options.Problems().ShouldBe(
            [
                "http.tryTimeout: '00:00:00' is outside 00:00:00.1000000 to 00:05:00",
                "http.retries: '11' is outside 0 to 10",
                "http.budgets.fred.weight: '0' is outside 1 to 1000000",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Name_the_budget_that_is_too_small_for_a_request()
    {
        using var service = new ServiceFixture { Options = new HttpOptions { Budgets = new Dictionary<string, RateBudget> { ["venue"] = new() { Weight = 4 } } } };
        (await Should.ThrowAsync<ConfigurationException>(() => service.GetAsync(weight: 5))).Message.ShouldBe("http.budgets.venue.weight: 4 is less than the 5 that /thing costs.");
    }

    [Fact]
    public void Stop_the_client_that_would_use_them()
    {
        using var service = new ServiceFixture { Options = new HttpOptions { MaxConnections = 0 } };
        Should.Throw<ConfigurationException>(() => service.Client.Value).Message.ShouldContain("http.maxConnections");
    }
}
