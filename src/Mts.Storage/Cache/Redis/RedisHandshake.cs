using Mts.Core;

namespace Mts.Storage.Cache.Redis;

/// <summary>Makes a connection ready: protocol, user and password, name, database.</summary>
internal static class RedisHandshake
{
    /// <summary>Shown by <c>CLIENT LIST</c>.</summary>
    private const string ClientName = "mts";

    /// <exception cref="ApiException">No connection within the connect timeout, or the server refuses it.</exception>
    public static async Task<RedisConnection> ConnectAsync(RedisOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var server = options.Address.ToString();
        using var limit = new CancellationTokenSource(options.ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        RedisConnection? connection = null;
        try
        {
            connection = new RedisConnection(server, await RedisStream.OpenAsync(options, either.Token));
            await GreetAsync(connection, options, either.Token);
            return connection;
        }
        catch (Exception wrong)
        {
            if (connection is not null) await connection.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested && wrong is not ApiException { IsTransient: false }) throw RedisFailure.NoAnswer(server, "take the connection", options.ConnectTimeout);
            if (wrong is MtsException) throw;
            throw RedisFailure.NoConnection(server, wrong);
        }
    }

    private static async Task GreetAsync(RedisConnection connection, RedisOptions options, CancellationToken cancellationToken)
    {
        var password = options.Password ?? options.Address.Password;
        var hello = await OneAsync(connection, Hello(options.Address.User, password), cancellationToken);
        if (hello.IsError && IsOld(hello.Text)) await GreetOldAsync(connection, options.Address.User, password, cancellationToken);
        else if (hello.IsError) throw RedisFailure.Refused(connection.Server, hello.Text);
        if (options.Address.Database != 0) await NeedAsync(connection, cancellationToken, "SELECT", $"{options.Address.Database}");
    }

    // Redis 5 and older, and what imitates it, know no HELLO and speak the second version only.
    private static async Task GreetOldAsync(RedisConnection connection, string? user, string? password, CancellationToken cancellationToken)
    {
        if (password is not null && user is not null) await NeedAsync(connection, cancellationToken, "AUTH", user, password);
        else if (password is not null) await NeedAsync(connection, cancellationToken, "AUTH", password);
    }

    private static bool IsOld(string error) =>
        error.StartsWith("NOPROTO", StringComparison.Ordinal) || error.StartsWith("ERR unknown command", StringComparison.OrdinalIgnoreCase);

    private static CommandBuffer Hello(string? user, string? password)
    {
        var command = new CommandBuffer();
        return password is null
            ? command.Command("HELLO", "3", "SETNAME", ClientName)
            : command.Command("HELLO", "3", "AUTH", user ?? "default", password, "SETNAME", ClientName);
    }

    private static async Task NeedAsync(RedisConnection connection, CancellationToken cancellationToken, params string[] command)
    {
        var reply = await OneAsync(connection, new CommandBuffer().Command(command), cancellationToken);
        if (reply.IsError) throw RedisFailure.Refused(connection.Server, reply.Text);
    }

    private static async Task<RespValue> OneAsync(RedisConnection connection, CommandBuffer command, CancellationToken cancellationToken) =>
        (await connection.ExecuteAsync(command, cancellationToken))[0];
}
