namespace Mts.Cli.CommandLine;

/// <summary>What the process tells its caller; the numbers are a promise.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>Data is missing, or was refused.</summary>
    public const int Data = 3;

    /// <summary>A service outside failed.</summary>
    public const int Service = 4;

    /// <summary>Somebody else holds the writer's lock.</summary>
    public const int Busy = 5;

    public const int Interrupted = 130;
}
