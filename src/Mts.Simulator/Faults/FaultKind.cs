namespace Mts.Simulator.Faults;

/// <summary>What can go wrong between a service and its client.</summary>
public enum FaultKind
{
    /// <summary>429 in the service's own shape.</summary>
    TooManyRequests,

    /// <summary>500, 502, 503 or 504.</summary>
    ServerError,

    /// <summary>A web page with status 200.</summary>
    Html200,

    /// <summary>The right answer, dripping.</summary>
    Slow,

    /// <summary>The answer breaks off in the middle and the connection is closed.</summary>
    Truncate,

    /// <summary>Half the answer, with a length that says it is all.</summary>
    Short,

    /// <summary>The connection is reset before any answer.</summary>
    Reset,

    /// <summary>Status 200 and bytes that mean nothing.</summary>
    Garbage,

    /// <summary>Status 200 and nothing.</summary>
    Empty,
}
