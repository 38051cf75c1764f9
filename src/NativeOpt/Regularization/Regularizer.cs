using NativeOpt.Regularization;

namespace NativeOpt;

/// <summary>
/// A penalty that is added to the loss: of a parameter, or of what a layer gives. A string converts: "l1", "l2", "l1_l2",
/// "orthogonal", with settings as in "l1(0.01)" or "l1_l2(l1=0.001, l2=0.01)". One of your own derives from this class: a value and its
/// gradient on spans.
/// </summary>
/// <remarks>
/// The penalty is a part of the loss that training and evaluation report, as in Keras; README.md beside the source says where its
/// gradient goes. An object keeps nothing from call to call and may be shared by layers. It has to be equal to another one that does
/// the same: the optimizer treats such parameters alike.
/// </remarks>
public abstract record Regularizer
{
    /// <summary>The regularizer of a name with or without settings.</summary>
    /// <exception cref="ArgumentException">Name or setting is unknown (the message has the nearest), or a value cannot be used.</exception>
    public static implicit operator Regularizer(string text) => RegularizerNames.Table.Parse(text, nameof(text));

    /// <summary>Reads "l2", "l1(0.01)", "l1_l2(l1=0.001, l2=0.01)", "orthogonal(factor=0.01, mode=columns)".</summary>
    /// <exception cref="ArgumentException">Name or setting is unknown (the message has the nearest), or a value cannot be used.</exception>
    public static Regularizer Parse(string text) => RegularizerNames.Table.Parse(text, nameof(text));

    /// <summary>Gives an object a name that <see cref="Parse"/> and all layers then know.</summary>
    /// <param name="name">Made of letters, digits, '_' and '-'; not taken.</param>
    /// <param name="regularizer">What the name means.</param>
    /// <exception cref="ArgumentException">The name is taken or has other characters.</exception>
    public static void Register(string name, Regularizer regularizer) => RegularizerNames.Table.Add(name, regularizer);

    /// <summary>The penalty.</summary>
    /// <param name="values">A parameter or the outputs of a layer, row-major.</param>
    /// <param name="shape">Its sizes: [inputs, units] of a kernel, [units] of a bias, [rows, columns] of outputs.</param>
    public abstract double GetPenalty(ReadOnlySpan<float> values, ReadOnlySpan<int> shape);

    /// <summary>Adds the gradient of the penalty.</summary>
    /// <param name="values">As for <see cref="GetPenalty(ReadOnlySpan{float}, ReadOnlySpan{int})"/>.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="gradients">The derivative by each value is added to what is there.</param>
    public abstract void AddGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> gradients);

    /// <summary>The factors of l1 * sum |w| + l2 * sum w^2 where the penalty is that and nothing else: kernels then compute it.</summary>
    internal virtual (double L1, double L2)? Factors => null;

    /// <summary>Checks whether values of this shape can be penalized.</summary>
    /// <exception cref="ArgumentException">They cannot; the message says why.</exception>
    internal virtual void CheckShape(string name, ReadOnlySpan<int> shape) { }

    /// <summary>The penalty in double, for models in double.</summary>
    internal virtual double GetPenalty(ReadOnlySpan<double> values, ReadOnlySpan<int> shape) => GetPenalty(Narrow(values), shape);

    /// <summary>The gradient in double, for models in double.</summary>
    internal virtual void AddGradient(ReadOnlySpan<double> values, ReadOnlySpan<int> shape, Span<double> gradients)
    {
        var added = new float[values.Length];
        AddGradient(Narrow(values), shape, added);
        for (int i = 0; i < added.Length; i++)
            gradients[i] += added[i];
    }

    private static float[] Narrow(ReadOnlySpan<double> values)
    {
        var narrow = new float[values.Length];
        for (int i = 0; i < narrow.Length; i++)
            narrow[i] = (float)values[i];
        return narrow;
    }
}
