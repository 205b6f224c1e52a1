namespace Mts.Adapters.Wire;

/// <summary>Instruments by the bytes of their venue's name, as far as they were met; faster than a table of text, and it adds none by itself.</summary>
internal sealed class KnownNames
{
    private const int Slots = 8_192;
    private const int Most = Slots / 2;

    private readonly byte[]?[] names = new byte[Slots][];
    private readonly int[] instruments = new int[Slots];
    private int count;

    public bool TryFind(ReadOnlySpan<byte> name, out int instrument)
    {
        for (var slot = SlotOf(name); names[slot] is { } known; slot = (slot + 1) % Slots)
        {
            if (!name.SequenceEqual(known)) continue;
            instrument = instruments[slot];
            return true;
        }

        instrument = -1;
        return false;
    }

    /// <summary>Takes up a name that is not there; beyond some thousands it takes up no more.</summary>
    public void Add(ReadOnlySpan<byte> name, int instrument)
    {
        if (count == Most) return;
        var slot = SlotOf(name);
        while (names[slot] is not null) slot = (slot + 1) % Slots;
        (names[slot], instruments[slot]) = (name.ToArray(), instrument);
        count++;
    }

    private static int SlotOf(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        foreach (var c in name) hash = (hash ^ c) * 16_777_619;
        return (int)((hash ^ (hash >> 15)) % Slots);
    }
}
