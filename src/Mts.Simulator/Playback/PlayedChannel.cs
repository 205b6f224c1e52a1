using System.Text;
using Mts.Simulator.Http;
using Mts.Simulator.Live;

namespace Mts.Simulator.Playback;

/// <summary>A recorded stream, byte for byte inside whatever envelope the listener has.</summary>
internal sealed class PlayedChannel(string name, Player player) : Channel(name, null, 0)
{
    public override FrameClass Class => Name.Contains("depth", StringComparison.Ordinal) || Name.StartsWith("orderbook", StringComparison.Ordinal) ? FrameClass.Depth
        : Name.Contains("rade", StringComparison.Ordinal) ? FrameClass.Trade
        : Name.Contains("kline", StringComparison.Ordinal) ? FrameClass.Kline : FrameClass.Other;

    public override bool IsLasting => true;

    public override void Emit()
    {
        // Speaks when the player comes to its next message.
    }

    public void Play(byte[] payload)
    {
        var text = Owner.Text.Clear();
        if (Name.Contains('@', StringComparison.Ordinal))
        {
            text.Raw("{\"stream\":\""u8).Raw(Name).Raw("\",\"data\":"u8);
            var inner = text.Length;
            Owner.Channels.Publish(this, text.Raw(payload).Raw("}"u8), inner, -1, -1);
        }
        else
        {
            Owner.Channels.Publish(this, text.Raw(payload), 0, -1, -1);
        }
    }

    /// <summary>Who comes late to a book gets a snapshot of it, as from the venue.</summary>
    public override void Welcome(Subscription subscription)
    {
        if (player.BookOf(Name) is not { } book) return;
        var body = Json.Of(w =>
        {
            w.WriteStartObject();
            w.WriteString("topic", Name);
            w.WriteString("type", "snapshot");
            w.WriteNumber("ts", book.TimeMs);
            w.WriteStartObject("data");
            book.WriteBybit(w, Name.Split('.')[^1], int.MaxValue);
            w.WriteEndObject();
            w.WriteNumber("cts", book.TimeMs);
            w.WriteEndObject();
        });
        Owner.Channels.Send(subscription, Owner.Text.Clear().Raw(body), 0, book.Id, book.Id);
    }
}
