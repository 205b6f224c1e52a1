using System.Text;

namespace Mts.Cli.UserStrategies;

/// <summary>What strategies of the user's own print: that of the run itself is passed on, that of runs which only check it is not.</summary>
/// <remarks>The product writes to <see cref="CliHost"/> and never here. What a strategy does in tasks and threads counts for the run that began them.</remarks>
internal static class StrategyConsole
{
    private static readonly AsyncLocal<bool> IsAside = new();
    private static readonly TextWriter Out = Console.Out;
    private static readonly TextWriter Error = Console.Error;

    /// <summary>From now on strategies print through here; where standard output is one document, to standard error.</summary>
    public static void Open(bool isDocument)
    {
        Console.SetOut(new Voice(isDocument ? Error : Out));
        Console.SetError(new Voice(Error));
    }

    /// <summary>Until it is disposed of, by the same thread, what is printed is dropped.</summary>
    public static IDisposable Aside()
    {
        var before = IsAside.Value;
        IsAside.Value = true;
        return new Return(before);
    }

    /// <summary>Prints unless its writer speaks aside.</summary>
    internal sealed class Voice(TextWriter to) : TextWriter
    {
        public override Encoding Encoding => to.Encoding;

        public override void Write(char value)
        {
            if (!IsAside.Value) to.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            if (!IsAside.Value) to.Write(buffer, index, count);
        }

        public override void Write(string? value)
        {
            if (!IsAside.Value) to.Write(value);
        }

        public override void WriteLine(string? value)
        {
            if (!IsAside.Value) to.WriteLine(value);
        }

        public override void Flush() => to.Flush();
    }

    private sealed class Return(bool before) : IDisposable
    {
        public void Dispose() => IsAside.Value = before;
    }
}
