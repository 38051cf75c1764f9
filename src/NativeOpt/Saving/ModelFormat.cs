using NativeOpt.Regularization;

namespace NativeOpt.Saving;

/// <summary>Words of a model's JSON text.</summary>
internal static class ModelFormat
{
    /// <summary>Which form the text has.</summary>
    public const string Version = "nativeopt-model/1";

    /// <summary>The text of an object that can be read again as an equal one.</summary>
    /// <param name="what">What messages call it.</param>
    /// <param name="value">The object.</param>
    /// <param name="text">Its own text.</param>
    /// <param name="names">Names that may mean it, if its text does not.</param>
    /// <param name="read">Reads a text.</param>
    /// <exception cref="NotSupportedException">There is no such text.</exception>
    public static string TextOf<T>(string what, T value, string text, IEnumerable<string> names, Func<string, T> read) where T : class
    {
        foreach (string candidate in names.Prepend(text))
            if (IsTextOf(candidate))
                return candidate;
        throw new NotSupportedException(
            $"the {what} {text} cannot be written down: no text or registered name means the same; {typeof(T).Name}.Register gives it one");

        bool IsTextOf(string candidate)
        {
            try
            {
                return Equals(read(candidate), value);
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }

    /// <summary>The text of an activation.</summary>
    public static string TextOf(Activation activation) =>
        TextOf("activation", activation, activation.ToString(), [], Activation.FromName);

    /// <summary>The text of an initializer.</summary>
    public static string TextOf(Initializer initializer) =>
        TextOf("initializer", initializer, initializer.ToString(), Initializer.KnownNames, Initializer.FromName);

    /// <summary>The text of an initializer, or null where it is the default or there is none.</summary>
    public static string? TextOf(Initializer? initializer, Initializer standard) =>
        initializer is null || initializer == standard ? null : TextOf(initializer);

    /// <summary>The text of a regularizer, or null where there is none.</summary>
    public static string? TextOf(Regularizer? regularizer) => regularizer is null
        ? null
        : TextOf("regularizer", regularizer, regularizer.ToString(), RegularizerNames.Table.AddedNames, Regularizer.Parse);

    /// <summary>The text of a constraint, or null where there is none.</summary>
    public static string? TextOf(Constraint? constraint) => constraint is null
        ? null
        : TextOf("constraint", constraint, constraint.ToString(), ConstraintNames.Table.AddedNames, Constraint.Parse);

    /// <summary>The text of a rule. Rules are compared by their text: that is all there is to them.</summary>
    public static string TextOf(OptimizerRule rule)
    {
        string text = rule.ToString();
        return TextOf("optimizer", text, text, [], candidate => OptimizerRule.Parse(candidate).ToString());
    }
}
