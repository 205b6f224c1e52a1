using System.Collections.Concurrent;
using Mts.Core;
using Mts.Core.Ports;

namespace Mts.Storage.Cache.Redis;

/// <summary>What was asked of one listening connection and not answered yet, and where its messages go.</summary>
internal sealed class RedisListening
{
    private static readonly CommandBuffer PingCommand = new CommandBuffer().Command("PING");

    private readonly RedisConnection connection;
    private readonly ConcurrentDictionary<string, RedisTopic> exact = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RedisTopic> patterns = new(StringComparer.Ordinal);

    // Answers come in the order of the questions; null stands for a ping.
    private readonly ConcurrentQueue<(RedisTopic? Topic, bool Begins)> asked = new();
    private volatile bool pinged;

    public RedisListening(RedisConnection connection)
    {
        this.connection = connection;
        connection.Listen(OnReply);
    }

    public void Subscribe(RedisTopic topic)
    {
        Of(topic)[topic.WireName] = topic;
        Ask(topic, begins: true, topic.Subscribe());
    }

    public void Unsubscribe(RedisTopic topic)
    {
        Of(topic).TryRemove(topic.WireName, out _);
        Ask(topic, begins: false, topic.Unsubscribe());
    }

    /// <summary>Asks whether the server is there, or gives it up where it has not answered since the last time.</summary>
    public void Ping(TimeSpan since)
    {
        if (pinged)
        {
            connection.Fail(RedisFailure.NoAnswer(connection.Server, "answer a ping", since));
            return;
        }

        pinged = true;
        Ask(null, begins: false, PingCommand);
    }

    private ConcurrentDictionary<string, RedisTopic> Of(RedisTopic topic) => topic.IsPattern ? patterns : exact;

    // Callers hold the listener's lock or are its loop: two questions must not change places between queue and wire.
    private void Ask(RedisTopic? topic, bool begins, CommandBuffer command)
    {
        lock (asked)
        {
            asked.Enqueue((topic, begins));
            connection.Post(command);
        }
    }

    private void OnReply(RespValue reply)
    {
        if (reply.Items is not [var kind, .. var rest]) Answered(reply);
        else if (kind.Text == "message" && rest is [var channel, var payload]) Deliver(exact, channel.Text, channel.Text, payload);
        else if (kind.Text == "pmessage" && rest is [var pattern, var from, var content]) Deliver(patterns, pattern.Text, from.Text, content);
        else if (kind.Text is "subscribe" or "psubscribe" or "unsubscribe" or "punsubscribe" or "pong") Answered(reply);
        else throw new RespException($"an event of unknown kind came: {kind.Text}");
    }

    private static void Deliver(ConcurrentDictionary<string, RedisTopic> topics, string name, string channel, in RespValue payload)
    {
        if (topics.TryGetValue(name, out var topic)) topic.Deliver(new EventMessage(channel, payload.Bytes));
    }

    private void Answered(in RespValue reply)
    {
        if (!asked.TryDequeue(out var question)) throw new RespException($"an answer came that nobody asked for: {reply.Text}");
        if (question.Topic is null) pinged = false;
        else if (reply.IsError) question.Topic.Refuse(RedisFailure.Refused(connection.Server, reply.Text));
        else if (question.Begins) question.Topic.Confirm();
    }
}
