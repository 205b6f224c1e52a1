using System.ComponentModel;
using System.Diagnostics;
using Mts.Core;

namespace Mts.Storage.Files.Recordings;

/// <summary>Unpacks by the program <c>zstd</c>, where the library is not there.</summary>
internal sealed class ZstdProgramText : PackedText
{
    private readonly Process process;

    /// <exception cref="StorageException">There is no such program either.</exception>
    public ZstdProgramText(string path, string program = "zstd")
        : base(path)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-dcq", "--", System.IO.Path.GetFullPath(path)]) start.ArgumentList.Add(argument);
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new StorageException($"{path} is packed with zstd, and neither libzstd nor the program {program} is here; install one of them, or unpack the file elsewhere.", missing);
        }
    }

    protected override int ReadSome(Span<byte> buffer)
    {
        var read = process.StandardOutput.BaseStream.Read(buffer);
        if (read > 0 || buffer.IsEmpty) return read;
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? 0 : throw new InvalidDataException($"zstd says '{complaint.Trim()}'");
    }

    protected override void Dispose(bool disposing)
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
