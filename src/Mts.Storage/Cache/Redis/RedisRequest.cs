namespace Mts.Storage.Cache.Redis;

/// <summary>Commands sent together and the answers to them, which come in the same order.</summary>
internal sealed class RedisRequest(int commands)
{
    private readonly RespValue[] replies = new RespValue[commands];
    private readonly TaskCompletionSource<RespValue[]> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int answered;

    public Task<RespValue[]> Replies => done.Task;

    /// <returns>Whether that was the last one.</returns>
    public bool Answer(in RespValue reply)
    {
        replies[answered++] = reply;
        if (answered < replies.Length) return false;
        done.TrySetResult(replies);
        return true;
    }

    public void Fail(Exception failure) => done.TrySetException(failure);
}
