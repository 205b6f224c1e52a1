using Mts.Core;

namespace Mts.Engine.Optimization.Validating;

/// <summary>How what a search finds is tried on data that it did not see.</summary>
public abstract record Validation
{
    private Validation()
    {
    }

    /// <exception cref="ConfigurationException">A value out of its range.</exception>
    public abstract void Validate();

    /// <summary>The search sees the first part, the best is tried on the rest.</summary>
    /// <param name="Share">Of the first part, 0.1 to 0.95.</param>
    public sealed record TrainTest(double Share) : Validation
    {
        public override void Validate()
        {
            if (!(Share is >= 0.1 and <= 0.95)) throw new ConfigurationException(FormattableString.Invariant($"train is {Share}; allowed is 0.1 to 0.95"));
        }
    }

    /// <summary>Search on a stretch, trade the best through the next one, move on.</summary>
    /// <param name="IsAnchored">Each search sees everything from the start; else as much as the first one.</param>
    /// <param name="Folds">How many times; the first search sees three times the length that is traded. Null where the days are given.</param>
    /// <param name="TrainDays">Days that the first search sees.</param>
    /// <param name="TestDays">Days that are traded after each.</param>
    public sealed record WalkForward(bool IsAnchored, int? Folds, int? TrainDays, int? TestDays) : Validation
    {
        public override void Validate()
        {
            if (Folds.HasValue == (TrainDays.HasValue && TestDays.HasValue) || TrainDays.HasValue != TestDays.HasValue)
                throw new ConfigurationException("a walk-forward takes either --folds, or --train-days and --test-days.");
            if (Folds is < 1 or > 1_000) throw new ConfigurationException($"folds is {Folds}; allowed is 1 to 1000");
            if (TrainDays is < 2 || TestDays is < 2) throw new ConfigurationException($"train-days is {TrainDays}, test-days is {TestDays}; at least 2 days each");
        }
    }

    /// <summary>Search on some groups of days, try the best on the others, for all choices of the others.</summary>
    /// <param name="Groups">How many the range is cut into, 3 to 30.</param>
    /// <param name="TestGroups">How many are kept out at a time, fewer than half of them or one.</param>
    /// <param name="Embargo">Share of the range that is dropped from the search after each group that is kept out, 0 to 0.2.</param>
    public sealed record CrossValidation(int Groups, int TestGroups, double Embargo) : Validation
    {
        private const int MostSplits = 1_000;

        public override void Validate()
        {
            if (Groups is < 3 or > 30) throw new ConfigurationException($"folds is {Groups}; allowed is 3 to 30");
            if (TestGroups < 1 || TestGroups > Groups / 2) throw new ConfigurationException($"test-folds is {TestGroups}; allowed is 1 to half of the {Groups} folds");
            if (!(Embargo is >= 0 and <= 0.2)) throw new ConfigurationException(FormattableString.Invariant($"embargo is {Embargo}; allowed is 0 to 0.2"));
            if (Splits > MostSplits) throw new ConfigurationException($"{Groups} folds with {TestGroups} kept out are {Splits} searches, more than {MostSplits}; take fewer");
        }

        /// <summary>Choices of the groups that are kept out.</summary>
        public long Splits
        {
            get
            {
                var count = 1L;
                for (var i = 1; i <= TestGroups; i++) count = count * (Groups - TestGroups + i) / i;
                return count;
            }
        }
    }
}
