namespace Mts.Storage.Files.Import.Text;

/// <summary>The check sum of zip and gzip (ISO 3309, reflected polynomial EDB88320).</summary>
internal struct Crc32()
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];
    private uint state = uint.MaxValue;

    public readonly uint Value => ~state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var s = state;
        foreach (var b in bytes) s = Table[(byte)(s ^ b)] ^ (s >> 8);
        state = s;
    }

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        return value;
    }
}
