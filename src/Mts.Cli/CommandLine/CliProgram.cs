using System.CommandLine;

namespace Mts.Cli.CommandLine;

/// <summary>The whole command: from arguments to exit code.</summary>
internal static class CliProgram
{
    public static async Task<int> RunAsync(CliHost host, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var exitCode = ExitCode.Done;
            foreach (var command in BriefSpelling.Translate(arguments))
            {
                var result = await RunOneAsync(host, command, cancellationToken);
                if (result == ExitCode.Interrupted) return result;
                if (exitCode == ExitCode.Done) exitCode = result;
            }

            return exitCode;
        }
        catch (UsageException wrong)
        {
            return Refuse(host, new SessionOptions { Json = arguments.Contains("--json", StringComparer.Ordinal) }, wrong.Message);
        }
        finally
        {
            await host.Out.FlushAsync(CancellationToken.None);
        }
    }

    private static Task<int> RunOneAsync(CliHost host, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var root = CommandTree.Build(host, arguments.Count > 0 ? arguments[0] : null);
        var parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments);
        var isHelp = parsed.Action is System.CommandLine.Help.HelpAction;
        if (!isHelp && (parsed.Errors.Count > 0 || parsed.CommandResult.Command.Action is null || UsageErrors.Swallowed(parsed) is not null))
            return Task.FromResult(Refuse(host, Verb.OptionsOf(parsed), UsageErrors.Describe(parsed)));
        var configuration = new InvocationConfiguration { Output = host.Out, Error = host.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static int Refuse(CliHost host, SessionOptions options, string message)
    {
        using var session = new Session(host, options);
        session.Output.Error("usage", message);
        return ExitCode.Usage;
    }
}
