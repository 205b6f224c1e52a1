using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mts.Core;
using Mts.Core.Alerts;
using Mts.Core.Ports;

namespace Mts.Storage.Files;

/// <summary>Every alert as one line of JSON in <c>alerts/{yyyy-MM-dd}.jsonl</c> of the data folder, by the UTC day of its time.</summary>
/// <remarks>A line is on the disk when <see cref="Append"/> returns; what a crash has left of a line is cut away by the next one. Several processes may write.</remarks>
/// <param name="dataDir">The data folder.</param>
/// <param name="clock">Measures how long another process holds the file.</param>
public sealed class AlertFile(string dataDir, TimeProvider clock) : IAlertSink
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock turn = new();

    /// <exception cref="StorageException">The file cannot be written.</exception>
    public void Append(Alert alert, bool isQuiet)
    {
        var path = Path.Combine(dataDir, "alerts", alert.Time.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".jsonl");
        var line = Line(alert, isQuiet);
        try
        {
            lock (turn)
            {
                using var file = AppendedFile.Open(path, clock);
                file.Write(line);
                file.Flush(flushToDisk: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be written: {failure.Message}", failure);
        }
    }

    private static ReadOnlySpan<byte> Line(Alert alert, bool isQuiet)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            AlertJson.WriteMembers(writer, alert);
            writer.WriteBoolean("quiet", isQuiet);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }
}
