using System.Runtime.InteropServices;
using Mts.Core;
using Mts.Core.Market;
using Mts.Core.Ports;

namespace Mts.Engine.Sessions;

/// <summary>What comes into a session, as bytes of its journal: little endian, numbers as they are, so that nothing is lost.</summary>
internal static class InputCodec
{
    public static bool IsInput(SessionRecordKind kind) => kind is >= SessionRecordKind.Bar and <= SessionRecordKind.GivenUp;

    public static (SessionRecordKind Kind, byte[] Payload) Write(LiveInput input)
    {
        using var buffer = new MemoryStream(96);
        using var writer = new BinaryWriter(buffer);
        writer.Write(input.Received.Micros);
        var kind = WriteBody(writer, input);
        return (kind, buffer.ToArray());
    }

    /// <exception cref="DataValidationException">A kind that this version does not know.</exception>
    public static LiveInput Read(in SessionRecord record)
    {
        _ = MemoryMarshal.TryGetArray(record.Payload, out var bytes);
        using var r = new BinaryReader(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false));
        var received = Time(r);
        return record.Kind switch
        {
            SessionRecordKind.Bar => new LiveBar(received, r.ReadInt32(), new Bar(Time(r), r.ReadDouble(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble(), r.ReadDouble()), r.ReadBoolean()),
            SessionRecordKind.Top => new LiveTop(received, r.ReadInt32(), Level(r), Level(r), r.ReadBoolean()),
            SessionRecordKind.Funding => new LiveFunding(received, r.ReadInt32(), new FundingRate(Time(r), r.ReadDouble(), Maybe(r))),
            SessionRecordKind.Macro => new LiveMacro(received, r.ReadString(), new MacroObservation(DateOnly.FromDayNumber(r.ReadInt32()), Maybe(r), Time(r), r.ReadBoolean(), r.ReadBoolean())),
            SessionRecordKind.Clock => new LiveClock(received),
            SessionRecordKind.Gap => new LiveGap(received, r.ReadInt32(), Time(r), Time(r), r.ReadString()),
            SessionRecordKind.Resumed => new SessionResumed(received, r.ReadString(), r.ReadInt64()),
            SessionRecordKind.GivenUp => new StrategyGivenUp(received, r.ReadString(), Time(r), r.ReadString()),
            _ => throw new DataValidationException($"record {record.Number} of the journal has the kind {record.Kind}, which this version does not know."),
        };
    }

    private static SessionRecordKind WriteBody(BinaryWriter w, LiveInput input)
    {
        switch (input)
        {
            case LiveBar e:
                w.Write(e.Series);
                Write(w, e.Bar.OpenTime);
                foreach (var value in (ReadOnlySpan<double>)[e.Bar.Open, e.Bar.High, e.Bar.Low, e.Bar.Close, e.Bar.Volume]) w.Write(value);
                w.Write(e.IsLate);
                return SessionRecordKind.Bar;
            case LiveTop e:
                w.Write(e.Series);
                Write(w, e.Bid);
                Write(w, e.Ask);
                w.Write(e.IsValid);
                return SessionRecordKind.Top;
            case LiveFunding e:
                w.Write(e.Series);
                Write(w, e.Rate.Time);
                w.Write(e.Rate.Rate);
                Write(w, e.Rate.MarkPrice);
                return SessionRecordKind.Funding;
            case LiveMacro e:
                w.Write(e.SeriesId);
                w.Write(e.Observation.Day.DayNumber);
                Write(w, e.Observation.Value);
                Write(w, e.Observation.KnownTime);
                w.Write(e.Observation.IsForwardFilled);
                w.Write(e.Observation.IsInterpolated);
                return SessionRecordKind.Macro;
            case LiveClock:
                return SessionRecordKind.Clock;
            case LiveGap e:
                w.Write(e.Series);
                Write(w, e.From);
                Write(w, e.Until);
                w.Write(e.Cause);
                return SessionRecordKind.Gap;
            case SessionResumed e:
                w.Write(e.Version);
                w.Write(e.CutBytes);
                return SessionRecordKind.Resumed;
            case StrategyGivenUp e:
                w.Write(e.Strategy);
                Write(w, e.From);
                w.Write(e.Cause);
                return SessionRecordKind.GivenUp;
            default:
                throw new ArgumentException($"A session takes no {input.GetType().Name}.", nameof(input));
        }
    }

    private static void Write(BinaryWriter w, Timestamp time) => w.Write(time.Micros);

    private static void Write(BinaryWriter w, double? value)
    {
        w.Write(value.HasValue);
        if (value is { } v) w.Write(v);
    }

    private static void Write(BinaryWriter w, BookLevel? level)
    {
        w.Write(level.HasValue);
        if (level is not { } l) return;
        w.Write(l.Price);
        w.Write(l.Size);
    }

    private static Timestamp Time(BinaryReader r) => new(r.ReadInt64());

    private static double? Maybe(BinaryReader r) => r.ReadBoolean() ? r.ReadDouble() : null;

    private static BookLevel? Level(BinaryReader r) => r.ReadBoolean() ? new BookLevel(r.ReadDecimal(), r.ReadDecimal()) : null;
}
