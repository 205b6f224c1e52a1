using Mts.Storage.Files.Import;

namespace Mts.Cli.Commands.Import;

/// <summary>Stores macro observations that were read from a file.</summary>
internal static class MacroFiles
{
    public static WriteCounts Store(IMacroStore store, MacroImport import, TimeProvider clock) =>
        store.WriteMacro(import.SeriesId, import.Observations, ImportResult.ProvenanceOf(import.Report, clock));
}
