using Mts.Cli;
using Mts.Cli.CommandLine;

return await CliProgram.RunAsync(CliHost.OfProcess(), args, CancellationToken.None);
