using System.CommandLine;
using System.Runtime.InteropServices;

namespace Mts.Cli.CommandLine;

/// <summary>What a verb does.</summary>
/// <returns>The exit code.</returns>
internal delegate Task<int> VerbBody(Session session, ParseResult arguments, CancellationToken cancellationToken);

/// <summary>Runs a verb's body inside a session; errors end here, as one line and an exit code.</summary>
internal static class Verb
{
    public static Command Runs(this Command command, CliHost host, VerbBody body)
    {
        command.SetAction((arguments, cancellationToken) => RunAsync(host, NameOf(arguments), arguments, body, cancellationToken));
        return command;
    }

    public static Command Runs(this Command command, CliHost host, Func<Session, ParseResult, int> body) =>
        command.Runs(host, (session, arguments, _) => Task.FromResult(body(session, arguments)));

    public static SessionOptions OptionsOf(ParseResult arguments) => new()
    {
        Config = arguments.GetValue(GlobalOptions.Config),
        DataDir = arguments.GetValue(GlobalOptions.DataDir),
        Environment = arguments.GetValue(GlobalOptions.Env),
        Verbose = arguments.GetValue(GlobalOptions.Verbose),
        Json = arguments.GetValue(GlobalOptions.Json),
    };

    private static async Task<int> RunAsync(CliHost host, string name, ParseResult arguments, VerbBody body, CancellationToken cancellationToken)
    {
        using var session = new Session(host, OptionsOf(arguments));
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wishes = new Interruption(TimeProvider.System);
        using var keys = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        int exitCode;
        try
        {
            exitCode = await body(session, arguments, interruption.Token);
            session.Finish(name, exitCode, failure: null);
        }
        catch (Exception failure)
        {
            exitCode = Report(session, failure);
            session.Finish(name, exitCode, failure);
        }

        return exitCode;

        // The first signal asks the verb to stop; a later one ends the process as usual.
        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = wishes.IsInOrder();
            interruption.Cancel();
        }
    }

    private static int Report(Session session, Exception cause)
    {
        var failure = Failure.Of(cause);
        session.Output.Error(failure.Kind, failure.Message);
        if (session.Options.Verbose && failure.Kind != "interrupted") session.Output.Note(cause.ToString());
        return failure.ExitCode;
    }

    private static string NameOf(ParseResult arguments)
    {
        var names = new List<string>();
        for (var at = arguments.CommandResult; at?.Parent is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult) names.Insert(0, at.Command.Name);
        return string.Join(' ', names);
    }
}
