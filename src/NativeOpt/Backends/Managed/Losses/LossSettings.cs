using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>What is the same for all rows of a loss operation, in the element type.</summary>
internal readonly unsafe struct LossSettings<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly uint _flags;
    private readonly T* _classWeights;
    private readonly int _columns;

    public LossSettings(NoptLossArgs* args)
    {
        Loss = (NoptLoss)args->Loss;
        _flags = args->Flags;
        Delta = T.CreateTruncating(args->Delta);
        Gamma = T.CreateTruncating(args->Gamma);
        Alpha = T.CreateTruncating(args->Alpha);
        Beta = T.CreateTruncating(args->Beta);
        Epsilon = T.CreateTruncating(args->Epsilon);
        double classes = IsBinary ? 2 : args->Y.Columns;
        Kept = T.CreateTruncating(1 - args->LabelSmoothing);
        Spread = T.CreateTruncating(args->LabelSmoothing / classes);
        _classWeights = (T*)args->ClassWeights.Data;
        _columns = (int)args->Y.Columns;
        ZeroIsMinusOne = Loss is NoptLoss.Hinge or NoptLoss.SquaredHinge && AllZeroOrOne(new MatrixRows<T>(args->Targets));
    }

    public NoptLoss Loss { get; }

    public T Delta { get; }

    public T Gamma { get; }

    public T Alpha { get; }

    public T Beta { get; }

    public T Epsilon { get; }

    /// <summary>Label smoothing: t becomes t * Kept + Spread.</summary>
    public T Kept { get; }

    /// <inheritdoc cref="Kept"/>
    public T Spread { get; }

    /// <summary>Hinge losses: the targets are 0 and 1.</summary>
    public bool ZeroIsMinusOne { get; }

    public bool IsBinary => Loss is NoptLoss.BinaryCrossEntropy or NoptLoss.BinaryFocalCrossEntropy;

    public bool IsSparse => Loss == NoptLoss.SparseCategoricalCrossEntropy;

    /// <summary>Whether targets are taken as they are: neither smoothed nor weighed by class.</summary>
    public bool HasPlainTargets => Spread == T.Zero && _classWeights == null;

    /// <summary>[columns], or empty: each 1.</summary>
    public ReadOnlySpan<T> ClassWeights => new(_classWeights, _classWeights == null ? 0 : _columns);

    public bool Has(NoptLossFlags flag) => (_flags & (uint)flag) != 0;

    public T Smooth(T t) => t * Kept + Spread;

    // Whether the hinge losses take the targets for classes 0 and 1, as Keras decides it.
    private static bool AllZeroOrOne(MatrixRows<T> targets)
    {
        for (long row = 0; row < targets.Rows; row++)
        {
            foreach (T t in targets[row])
            {
                if (t != T.Zero && t != T.One)
                    return false;
            }
        }
        return true;
    }
}
