namespace Mts.Core.Indicators;

/// <summary>The values of a window that can still become its greatest, falling from front to back.</summary>
internal sealed class MonotonicQueue(int length)
{
    private readonly (long Index, double Value)[] ring =
        new (long, double)[length > 0 ? length : throw new ArgumentOutOfRangeException(nameof(length), length, "At least one value.")];

    private int head;
    private int size;
    private long added;

    public double? Front => size > 0 ? ring[head].Value : null;

    public void Add(double value)
    {
        if (size > 0 && ring[head].Index <= added - ring.Length)
        {
            head = (head + 1) % ring.Length;
            size--;
        }

        while (size > 0 && ring[(head + size - 1) % ring.Length].Value <= value) size--;
        ring[(head + size) % ring.Length] = (added++, value);
        size++;
    }
}
