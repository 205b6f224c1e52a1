using Mts.Simulator.Http;

namespace Mts.Simulator.Fred;

/// <summary>A refusal before it is known whether the answer is to be JSON or XML. Full stops are followed by two spaces. https://fred.stlouisfed.org/docs/api/fred/errors.html</summary>
internal sealed class FredRefusal(int status, string message) : Exception(message)
{
    public static FredRefusal Bad(string what) => new(400, $"Bad Request.  {what}");

    public Reply ToReply(bool isJson) => Body(status, Message, isJson);

    public static Reply Body(int status, string message, bool isJson)
    {
        if (!isJson) return Reply.Text(status, "text/xml; charset=UTF-8", $"<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<error code=\"{status}\" message=\"{message}\"/>\n");
        return new Reply(status, "application/json; charset=UTF-8", Json.Of(w =>
        {
            w.WriteStartObject();
            w.WriteNumber("error_code", status);
            w.WriteString("error_message", message);
            w.WriteEndObject();
        }));
    }
}
