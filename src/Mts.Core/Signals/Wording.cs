using System.Diagnostics.CodeAnalysis;

namespace Mts.Core.Signals;

/// <summary>A reason in words and numbers, worded when somebody reads it: most signals are acted on and never read.</summary>
public abstract class Wording : IEquatable<Wording>
{
    private string? worded;

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Wording?(string? text) => text is null ? null : new Said(text);

    /// <summary>The words without their numbers: what reasons of one kind have in common.</summary>
    public virtual string Pattern => ReasonPattern.Of(ToString());

    /// <summary>The same whenever it is asked: what it is made of must not change.</summary>
    protected abstract string Word();

    public sealed override string ToString() => worded ??= Word();

    public bool Equals(Wording? other) => other is not null && ToString() == other.ToString();

    public sealed override bool Equals(object? obj) => Equals(obj as Wording);

    public sealed override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    private sealed class Said(string text) : Wording
    {
        protected override string Word() => text;
    }
}
