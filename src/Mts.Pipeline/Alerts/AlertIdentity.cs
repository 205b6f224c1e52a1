using System.Security.Cryptography;
using System.Text;
using Mts.Core.Alerts;

namespace Mts.Pipeline.Alerts;

/// <summary>Ids that every process finds for the same alert.</summary>
internal static class AlertIdentity
{
    /// <param name="rule">The rule's name.</param>
    /// <param name="subject">What the alert is about.</param>
    /// <param name="phase">Raised, cleared or event.</param>
    /// <param name="key">Tells it from others of the three.</param>
    /// <returns><c>alt_</c> and 24 hex digits.</returns>
    public static string Of(string rule, string subject, AlertPhase phase, string key) =>
        "alt_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule}\n{subject}\n{phase}\n{key}")).AsSpan(0, 12));
}
