namespace Mts.Simulator.Live;

/// <summary>The answer to a request to connect.</summary>
/// <param name="Connection">Null where it was refused.</param>
/// <param name="Status">HTTP status, 101 for success; 0 for a reset.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Of a refusal.</param>
/// <param name="Headers">Of a refusal.</param>
public sealed record OpenReply(SimulatedConnection? Connection, int Status, string ContentType, string Body, IReadOnlyList<(string Name, string Value)> Headers);

/// <summary>The answer to a REST request.</summary>
public sealed record RestReply(int Status, string ContentType, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body);
