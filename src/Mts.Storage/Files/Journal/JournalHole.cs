using System.Globalization;
using System.Text;
using Mts.Core.Market;

namespace Mts.Storage.Files.Journal;

/// <summary>Inputs that the disk did not take and that could not be held.</summary>
/// <param name="From">Time of the first.</param>
/// <param name="Inputs">How many.</param>
/// <param name="Reason">Why.</param>
internal sealed record JournalHole(Timestamp From, long Inputs, string Reason)
{
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Inputs} inputs since {From} were not kept: {Reason}"));
}
