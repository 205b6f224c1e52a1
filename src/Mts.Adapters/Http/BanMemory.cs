using Microsoft.Extensions.Logging;

namespace Mts.Adapters.Http;

/// <summary>Keeps the end of a ban in a file, so that a restart does not ask a service that has banned this address.</summary>
/// <param name="folder">Null remembers nothing.</param>
/// <param name="service">Names the file.</param>
/// <param name="log">A file that cannot be read or written is a warning: the ban then holds for this process only.</param>
internal sealed class BanMemory(string? folder, string service, ILogger log)
{
    private readonly string? path = folder is null ? null : Path.Combine(folder, service + ".ban");

    public DateTimeOffset? Read()
    {
        if (path is null || !File.Exists(path)) return null;
        try
        {
            var text = File.ReadAllText(path);
            if (Timestamp.TryParse(text, out var until)) return until.ToDateTimeOffset();
            log.LogWarning("{Path} holds '{Text}', which is no time; it is ignored", path, text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(failure, "{Path} cannot be read; a ban of {Service} that still holds is not known", path, service);
        }

        return null;
    }

    public void Write(DateTimeOffset until)
    {
        if (path is null) return;
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path + ".new", Timestamp.FromDateTimeOffset(until).ToString());
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(failure, "{Path} cannot be written; the ban of {Service} is forgotten at the next start", path, service);
        }
    }
}
