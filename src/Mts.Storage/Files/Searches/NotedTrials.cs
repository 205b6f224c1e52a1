using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Storage.Files.Searches;

/// <param name="Scope">Which strategy and markets.</param>
/// <param name="Batch">Which search, on which range.</param>
/// <param name="Time">When the batch was written.</param>
/// <param name="Trials">Those that were new then.</param>
public sealed record NotedTrials(TrialScope Scope, TrialBatch Batch, Timestamp Time, IReadOnlyList<TrialNote> Trials);
