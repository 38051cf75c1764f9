using NativeOpt.Interop;
using NativeOpt.Regularization;

namespace NativeOpt;

/// <summary>
/// What is done to a parameter after each step so that it stays in a set of allowed values. A string converts: "max_norm",
/// "non_neg", "unit_norm", "min_max_norm", with settings as in "max_norm(3)" or "max_norm(max_value=3, axis=1)". One of your own derives
/// from this class.
/// </summary>
/// <remarks>An object keeps nothing from call to call and may be shared by layers.</remarks>
public abstract record Constraint
{
    /// <summary>The constraint of a name with or without settings.</summary>
    /// <exception cref="ArgumentException">Name or setting is unknown (the message has the nearest), or a value cannot be used.</exception>
    public static implicit operator Constraint(string text) => ConstraintNames.Table.Parse(text, nameof(text));

    /// <summary>Reads "max_norm", "max_norm(3)", "min_max_norm(min_value=0.5, max_value=2, rate=0.9, axis=0)".</summary>
    /// <exception cref="ArgumentException">Name or setting is unknown (the message has the nearest), or a value cannot be used.</exception>
    public static Constraint Parse(string text) => ConstraintNames.Table.Parse(text, nameof(text));

    /// <summary>Gives an object a name that <see cref="Parse"/> and all layers then know.</summary>
    /// <param name="name">Made of letters, digits, '_' and '-'; not taken.</param>
    /// <param name="constraint">What the name means.</param>
    /// <exception cref="ArgumentException">The name is taken or has other characters.</exception>
    public static void Register(string name, Constraint constraint) => ConstraintNames.Table.Add(name, constraint);

    /// <summary>Replaces a parameter by the allowed one.</summary>
    /// <param name="weights">The parameter, row-major.</param>
    /// <param name="shape">Its sizes: [inputs, units] of a kernel, [units] of a bias.</param>
    public abstract void Apply(Span<float> weights, ReadOnlySpan<int> shape);

    /// <summary>The operation that does it, without its matrix; null where code in C# does.</summary>
    internal virtual NoptConstraintArgs? Describe(ReadOnlySpan<int> shape) => null;

    /// <summary>Checks whether a parameter of this shape can be constrained.</summary>
    /// <exception cref="ArgumentException">It cannot; the message says why.</exception>
    internal virtual void CheckShape(string name, ReadOnlySpan<int> shape) { }

    /// <summary>The same in double, for models in double.</summary>
    internal virtual void Apply(Span<double> weights, ReadOnlySpan<int> shape)
    {
        var narrow = new float[weights.Length];
        for (int i = 0; i < narrow.Length; i++)
            narrow[i] = (float)weights[i];
        Apply(narrow, shape);
        for (int i = 0; i < narrow.Length; i++)
            weights[i] = narrow[i];
    }
}
