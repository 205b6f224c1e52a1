using System.Globalization;
using Mts.Storage.Files.Journal;

namespace Mts.IntegrationTests.Cli;

/// <summary>One bit of a session's journal is changed, at random places one after the other.</summary>
internal static class ChangedByte
{
    /// <summary>The verification must fail each time and name the record and its place.</summary>
    public static async Task IsNamedAsync(string folder, string session, int times)
    {
        var journal = Path.Combine(folder, "data", "paper", session, "journal");
        List<long> offsets;
        using (var reader = new SessionJournalReader(journal)) offsets = [.. reader.Read().Select(r => r.Offset)];
        var random = new Random(5);
        for (var i = 0; i < times; i++)
        {
            var at = random.NextInt64(offsets[0], new FileInfo(journal).Length);
            var number = offsets.Count(o => o <= at);
            Change(journal, at);
            var (exitCode, output, error) = await MtsProcess.RunAsync(folder, "replay", "--session", session, "--verify", "--json");
            Change(journal, at);
            exitCode.ShouldBe(1);
            error.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"record {number} at byte {offsets[number - 1]}"));
            output.ShouldContain($"\"damage\":{{\"record\":{number},");
        }
    }

    private static void Change(string journal, long at)
    {
        using var file = new FileStream(journal, FileMode.Open);
        file.Seek(at, SeekOrigin.Begin);
        var value = file.ReadByte();
        file.Seek(at, SeekOrigin.Begin);
        file.WriteByte((byte)(value ^ 0x10));
    }
}
