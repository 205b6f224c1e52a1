namespace Mts.Adapters.Wire;

/// <summary>Why a frame is dead-lettered: few texts, so that they can be counted.</summary>
internal static class FrameProblem
{
    public const string NotUtf8 = "not UTF-8";
    public const string BrokenJson = "broken JSON";
    public const string TooLarge = "too deep or too many values";
    public const string NameTwice = "a name twice in one object";
    public const string EscapedName = "an escaped name";
    public const string HalfCharacter = "half a surrogate pair";
    public const string NoObject = "no object where one is expected";
    public const string NoList = "no list where one is expected";
    public const string Missing = "a field is missing";
    public const string WrongType = "a field of the wrong type";
    public const string NotANumber = "not a number";
    public const string OutOfRange = "a number out of range";
    public const string DoesNotFit = "a number that does not fit exactly";
    public const string BadTime = "a time out of range";
    public const string IdsOutOfOrder = "ids out of order";
    public const string ImpossibleBar = "an impossible bar";
    public const string UnknownSymbol = "unknown symbol";
    public const string UnknownKind = "unknown kind of message";
    public const string OtherSymbol = "another symbol than the topic names";
    public const string OtherInterval = "another interval than was asked for";
    public const string OtherDepth = "another depth than was asked for";
    public const string Refused = "the venue refused the request";
}
