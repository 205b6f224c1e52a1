using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mts.Simulator.Http;

/// <summary>JSON as the services write it: numbers as exact text, no escaping beyond what JSON demands.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(8_192);
        using (var writer = new Utf8JsonWriter(buffer, options)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a number of units as a decimal string: 963554 with 2 decimals, 8 shown, is "9635.54000000".</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="units">The number in units of 10 to the minus <paramref name="decimals"/>.</param>
    /// <param name="decimals">Decimals of the unit.</param>
    /// <param name="shown">Decimals to show, padded with zeros; -1 drops trailing zeros instead.</param>
    public static void Fixed(this Utf8JsonWriter writer, Int128 units, int decimals, int shown)
    {
        Span<byte> text = stackalloc byte[64];
        writer.WriteStringValue(text[..Format(units, decimals, shown, text)]);
    }

    public static void Fixed(this Utf8JsonWriter writer, string name, Int128 units, int decimals, int shown)
    {
        writer.WritePropertyName(name);
        writer.Fixed(units, decimals, shown);
    }

    public static string FixedText(Int128 units, int decimals, int shown)
    {
        Span<byte> text = stackalloc byte[64];
        return System.Text.Encoding.ASCII.GetString(text[..Format(units, decimals, shown, text)]);
    }

    /// <summary>A JSON number as Ruby writes floats: 76769.0, 1.2e-07.</summary>
    public static void RubyFloat(this Utf8JsonWriter writer, double value) => writer.WriteRawValue(RubyText(value), skipInputValidation: true);

    /// <summary>A JSON number with as few digits as it needs: 49253, 0.38.</summary>
    public static void Number(this Utf8JsonWriter writer, double value)
    {
        var text = RubyText(value);
        writer.WriteRawValue(text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text, skipInputValidation: true);
    }

    private static string RubyText(double value)
    {
        var size = Math.Abs(value);
        if (size is > 0 and < 1e-4) return Exponent(value);
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (text.Contains('E', StringComparison.Ordinal)) return value.ToString("F1", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Exponent(double value)
    {
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        if (!digits.Contains('E', StringComparison.Ordinal)) digits = value.ToString("0.################E-00", CultureInfo.InvariantCulture);
        var (mantissa, power) = (digits[..digits.IndexOf('E', StringComparison.Ordinal)], digits[(digits.IndexOf('E', StringComparison.Ordinal) + 2)..]);
        return $"{(mantissa.Contains('.', StringComparison.Ordinal) ? mantissa : mantissa + ".0")}e-{power.PadLeft(2, '0')}";
    }

    internal static int Format(Int128 units, int decimals, int shown, Span<byte> text)
    {
        Span<byte> digits = stackalloc byte[48];
        var size = Int128.Abs(units);
        int count;
        if (size <= ulong.MaxValue) Utf8Formatter.TryFormat((ulong)size, digits, out count);
        else size.TryFormat(digits, out count, default, CultureInfo.InvariantCulture);

        var at = 0;
        if (units < 0) text[at++] = (byte)'-';
        var whole = count - decimals;
        if (whole <= 0) text[at++] = (byte)'0';
        else
        {
            digits[..whole].CopyTo(text[at..]);
            at += whole;
        }

        var point = at;
        text[at++] = (byte)'.';
        for (var zero = whole; zero < 0; zero++) text[at++] = (byte)'0';
        var fraction = digits[Math.Max(whole, 0)..count];
        fraction.CopyTo(text[at..]);
        at += fraction.Length;
        if (shown < 0)
        {
            while (text[at - 1] == '0') at--;
        }
        else
        {
            for (var have = at - point - 1; have < shown; have++) text[at++] = (byte)'0';
        }

        return text[at - 1] == '.' ? at - 1 : at;
    }
}
