using System.Text;
using System.Xml;
using Mts.Simulator.Http;

namespace Mts.Simulator.Fred;

/// <summary>An answer of FRED before it is written as JSON or XML: attributes, and one list of rows.</summary>
/// <param name="Root">XML's root element.</param>
/// <param name="Head">Names and values; numbers are int, all else text.</param>
/// <param name="ListName">The list's name in JSON.</param>
/// <param name="RowName">A row's element in XML.</param>
/// <param name="Rows">Each row's attributes; a row with a single nameless value is a plain text.</param>
internal sealed record FredDocument(
    string Root, IReadOnlyList<(string Name, object Value)> Head, string ListName, string RowName, IReadOnlyList<IReadOnlyList<(string Name, object Value)>> Rows)
{
    public byte[] ToJson() => Json.Of(w =>
    {
        w.WriteStartObject();
        foreach (var (name, value) in Head) Write(w, name, value);
        w.WriteStartArray(ListName);
        foreach (var row in Rows)
        {
            if (row is [("", string only)])
            {
                w.WriteStringValue(only);
                continue;
            }

            w.WriteStartObject();
            foreach (var (name, value) in row) Write(w, name, value);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    });

    public byte[] ToXml()
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            xml.WriteStartElement(Root);
            foreach (var (name, value) in Head.Where(h => h.Name != "file_type")) xml.WriteAttributeString(name, value.ToString());
            foreach (var row in Rows)
            {
                xml.WriteStartElement(RowName);
                if (row is [("", string only)]) xml.WriteString(only);
                else foreach (var (name, value) in row) xml.WriteAttributeString(name, value.ToString());
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(System.Text.Json.Utf8JsonWriter w, string name, object value)
    {
        if (value is int number) w.WriteNumber(name, number);
        else w.WriteString(name, (string)value);
    }
}
