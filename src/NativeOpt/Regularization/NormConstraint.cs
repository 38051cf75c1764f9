using System.Globalization;
using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// A constraint of norms sqrt(sum w^2). <see cref="Axis"/> says along which axis the sums run: 0 on a kernel [inputs, units] means one
/// norm for each unit, over the weights of its inputs. Divisions are by 1e-7 + norm, as in Keras.
/// </summary>
public abstract record NormConstraint : KernelConstraint
{
    private const double Epsilon = 1e-7;

    private protected NormConstraint(int? axis)
    {
        if (axis is < -2 or > 1)
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"axis is {axis}; it must be -2 to 1, or null for all weights together");
        Axis = axis;
    }

    /// <summary>The axis the sums run along, negative ones from the last; null: all weights of a parameter have one norm.</summary>
    public int? Axis { get; }

    /// <summary>The axis as text has it.</summary>
    private protected string AxisText => Axis?.ToString(CultureInfo.InvariantCulture) ?? "none";

    /// <inheritdoc/>
    internal sealed override NoptConstraintArgs? Describe(ReadOnlySpan<int> shape) =>
        WithRange(new NoptConstraintArgs { Group = (int)GroupOf(shape), Rate = 1, Epsilon = Epsilon });

    /// <inheritdoc/>
    internal sealed override void CheckShape(string name, ReadOnlySpan<int> shape)
    {
        if (Axis is { } axis && (axis >= shape.Length || axis < -shape.Length || shape.Length > 2))
            throw new ArgumentException(
                $"a constraint of norms along axis {axis} does not fit '{name}', whose shape is [{string.Join(", ", shape.ToArray())}]");
    }

    /// <summary>The kind of constraint and its numbers.</summary>
    private protected abstract NoptConstraintArgs WithRange(NoptConstraintArgs args);

    private NoptNormGroup GroupOf(ReadOnlySpan<int> shape)
    {
        if (Axis is not { } axis)
            return NoptNormGroup.All;
        // A bias is one row for the kernels; its only axis is along it.
        bool isAlongRows = axis == shape.Length - 1 || axis == -1;
        return isAlongRows ? NoptNormGroup.Row : NoptNormGroup.Column;
    }
}
