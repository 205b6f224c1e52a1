using Mts.Adapters.Http;

namespace Mts.Adapters.Venues;

/// <summary>Holds an answer's funding rates against the question: rising and in the range.</summary>
internal static class FundingPageRules
{
    /// <summary>The answer to whoever asks for the funding of a market that pays none.</summary>
    public static ConfigurationException NotPaid(Symbol symbol) => new($"{symbol}: funding is paid by perpetuals only; write BTC/USDT:USDT.");

    /// <exception cref="DataValidationException">The answer is to another question.</exception>
    public static void Check(List<FundingRate> rates, Timestamp from, Timestamp until, ServiceResponse answer)
    {
        for (var i = 0; i < rates.Count; i++)
        {
            var time = rates[i].Time;
            if (time < from || time >= until) throw BarPageRules.Refused(answer, $"the rate of {time} is outside the range {from} to {until} that was asked for");
            if (i > 0 && time <= rates[i - 1].Time) throw BarPageRules.Refused(answer, $"the rate of {time} does not come after that of {rates[i - 1].Time}");
        }
    }
}
