namespace Mts.Core.Books;

/// <summary>The names of the states in files and tables.</summary>
public static class BookStateText
{
    private static readonly string[] Names = ["EMPTY", "SYNCING", "VALID", "STALE", "INVALID"];

    public static string ToText(this BookState state) => Names[(int)state];
}
