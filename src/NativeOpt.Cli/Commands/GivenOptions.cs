using System.CommandLine;

namespace NativeOpt.Cli.Commands;

/// <summary>What was given: on the command line, or else in a recipe.</summary>
internal sealed class GivenOptions(ParseResult line, ParseResult? recipe = null)
{
    /// <summary>Whether the option is on the command line.</summary>
    public bool IsOnLine(Option option) => line.GetResult(option) is { Implicit: false };

    /// <summary>The value, or null (of a list: an empty one or null) where it was given nowhere.</summary>
    public T? Get<T>(Option<T> option) => IsOnLine(option) || recipe is null ? line.GetValue(option) : recipe.GetValue(option);

    /// <summary>The value of one of several options that exclude each other: those of the command line replace the recipe's.</summary>
    public T? GetOf<T>(Option<T> option, params IReadOnlyList<Option> group) =>
        group.Any(IsOnLine) ? line.GetValue(option) : Get(option);
}
