using Mts.Adapters.Http;
using Mts.Core.Ports;

namespace Mts.Adapters.Venues;

/// <summary>Where a page came from.</summary>
internal static class Origin
{
    public static Provenance Of(string source, ServiceResponse answer) => new(source, answer.Received, answer.Request, answer.Sha256);
}
