using Mts.Core.Market;

namespace Mts.Pipeline.Realtime;

/// <summary>How a connection stands.</summary>
/// <param name="Connection">Number of the set of streams that it carries, from 1.</param>
/// <param name="Epoch">Of the connection that counts, else of the newest attempt; 0 before the first.</param>
/// <param name="IsOpen">Whether it stands.</param>
/// <param name="Subscriptions">Streams that the venue has acknowledged on it, <c>BTC/USDT depth</c>.</param>
/// <param name="LastMessage">When it last brought anything; null for never.</param>
public sealed record ConnectionStatus(int Connection, int Epoch, bool IsOpen, IReadOnlyList<string> Subscriptions, Timestamp? LastMessage);
