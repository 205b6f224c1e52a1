using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mts.Storage.Cache.Redis;

namespace Mts.IntegrationTests.Cache;

/// <summary>Debian's redis-server as a process of our own, on a port and in a folder of its own. Not installed, the test is skipped.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mts-redis-");
    private readonly string program;
    private readonly string[] arguments;
    private Process? process;

    private RedisServer(string program, string[] arguments) => (this.program, this.arguments) = (program, arguments);

    public int Port { get; private set; }

    public string Folder => folder.FullName;

    public RedisOptions Options => Patient($"redis://127.0.0.1:{Port}/0");

    /// <summary>For tests in which nothing should time out, however busy the machine is.</summary>
    public static RedisOptions Patient(string address) =>
        new() { Address = RedisAddress.Parse(address), ConnectTimeout = TimeSpan.FromSeconds(30), CommandTimeout = TimeSpan.FromSeconds(30), MaxBackoff = TimeSpan.FromMilliseconds(100) };

    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="arguments">Besides port, folder and no saving; <c>{folder}</c> stands for the folder.</param>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Select(f => Path.Combine(f, "redis-server")).FirstOrDefault(File.Exists);
        if (program is null) Assert.Skip("redis-server is not installed.");
        var server = new RedisServer(program, arguments);
        await server.StartAgainAsync(cancellationToken);
        return server;
    }

    /// <summary>Begins anew; after the first time on the same port.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        // Somebody else may take a free port before the server does; whoever answers there must be our process.
        for (var tries = 0; ; tries++)
        {
            var port = Port == 0 ? FreePort() : Port;
            if (await TryStartAsync(port, cancellationToken))
            {
                Port = port;
                return;
            }

            if (tries == 10) throw new InvalidOperationException($"redis-server does not start on port {port}.");
        }
    }

    /// <summary>SIGKILL: nothing is saved and no connection closed in order.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
    }

    /// <summary>Makes the process hang: it takes connections and bytes, and answers nothing.</summary>
    public Task FreezeAsync(CancellationToken cancellationToken) => SignalAsync("-STOP", cancellationToken);

    public Task ThawAsync(CancellationToken cancellationToken) => SignalAsync("-CONT", cancellationToken);

    /// <summary>One command on a connection of its own.</summary>
    public async Task<RespValue> AskAsync(CancellationToken cancellationToken, params string[] command) => await AskAsync(Options, cancellationToken, command);

    public static async Task<RespValue> AskAsync(RedisOptions options, CancellationToken cancellationToken, params string[] command)
    {
        await using var client = new RedisClient(options, TimeProvider.System, new Random(1));
        return (await client.ExecuteAsync(new CommandBuffer().Command(command), cancellationToken))[0];
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> TryStartAsync(int port, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] own = ["--bind", "127.0.0.1", "--dir", Folder, "--save", "", "--enable-debug-command", "yes", .. arguments.Contains("--port") ? Array.Empty<string>() : ["--port", $"{port}"]];
        foreach (var argument in own.Concat(arguments)) start.ArgumentList.Add(argument.Replace("{folder}", Folder, StringComparison.Ordinal).Replace("{port}", $"{port}", StringComparison.Ordinal));
        process?.Dispose();
        process = Process.Start(start)!;
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetResult(false);
        process.OutputDataReceived += (_, line) =>
        {
            // The log names the process that wrote it: "4711:M 22 Nov 2026 … * Ready to accept connections".
            if (line.Data?.Contains("Ready to accept connections", StringComparison.Ordinal) == true) ready.TrySetResult(line.Data.StartsWith($"{process.Id}:", StringComparison.Ordinal));
        };
        process.BeginOutputReadLine();
        return await ready.Task.WaitAsync(cancellationToken);
    }

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [signal, $"{process!.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
