using Mts.Core;
using Mts.Storage.Files;
using Mts.Storage.Files.Journal;

namespace Mts.UnitTests.Storage;

public sealed class DurableTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-durable-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_fails_half_way_leaves_the_file_as_it_was_and_nothing_beside_it()
    {
        var path = Path.Combine(folder.FullName, "page.html");
        Durable.Write(path, file => file.Write("first"u8));
        Should.Throw<IOException>(() => Durable.Write(path, file =>
        {
            file.Write("sec"u8);
            throw new IOException("full");
        }));
        File.ReadAllText(path).ShouldBe("first");
        folder.GetFileSystemInfos().Select(f => f.Name).ShouldBe(["page.html"]);
    }

    [Fact]
    public void A_journal_that_cannot_be_made_is_no_other_process()
    {
        var file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");
        var failed = Should.Throw<StorageException>(() => SessionJournalFile.Create(Path.Combine(file, "paper", "journal")));
        failed.ShouldNotBeOfType<StoreBusyException>();
        failed.Message.ShouldContain("--data-dir names a folder that can be written");
    }
}
