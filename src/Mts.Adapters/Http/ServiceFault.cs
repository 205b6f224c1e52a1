namespace Mts.Adapters.Http;

/// <summary>What a failed answer means for whoever asked.</summary>
public enum FaultKind
{
    /// <summary>The same request will be refused again.</summary>
    Refused,

    /// <summary>The key is missing, wrong or of another plan; every other request would be refused as well.</summary>
    KeyRefused,

    /// <summary>The service has a problem that may pass.</summary>
    Transient,

    /// <summary>Too many requests; all callers of the host wait.</summary>
    RateLimited,

    /// <summary>The address is banned; nobody may ask before the ban ends.</summary>
    Banned,
}

/// <summary>An error in the service's own words.</summary>
/// <param name="Code">Its error code.</param>
/// <param name="Message">Its message, with what to do where that is known.</param>
/// <param name="Kind">What it means; null lets the HTTP status decide.</param>
/// <param name="RetryAfter">How long to wait where the body says so; null lets the header decide.</param>
public sealed record ServiceFault(string? Code, string? Message, FaultKind? Kind = null, TimeSpan? RetryAfter = null);

/// <summary>Finds the error in an answer.</summary>
/// <returns>Null where the answer reports none; a status outside 200–299 is an error all the same.</returns>
public delegate ServiceFault? FaultReader(ServiceResponse answer);
