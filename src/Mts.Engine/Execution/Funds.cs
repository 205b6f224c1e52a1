using Mts.Core.Market;

namespace Mts.Engine.Execution;

/// <summary>What an account has at a moment.</summary>
/// <param name="Equity">Cash and positions, 10⁻⁸ quote units.</param>
/// <param name="Available">Cash less what buying the shorts back would cost: their proceeds buy nothing else.</param>
internal readonly record struct Funds(WideInt Equity, WideInt Available);
