using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>The arrays of a matrix step, and its scalars, each rounded to the element type once.</summary>
internal readonly unsafe struct MatrixOperands<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>More than any rule has.</summary>
    public const int MaxScalars = 16;

    private readonly StepPrologue<T> _prologue;
    private readonly uint _variant;
    private readonly bool _zeroGradients;

    /// <param name="args">Checked.</param>
    /// <param name="lines">How the parameter is walked.</param>
    /// <param name="scalars">Room for <see cref="MaxScalars"/> numbers that outlives this.</param>
    public MatrixOperands(NoptMatrixStepArgs* args, Lines lines, T* scalars)
    {
        W = (T*)args->Parameters;
        G = (T*)args->Gradients;
        Slots = (T**)args->Slots;
        A = scalars;
        Lines = lines;
        for (int i = 0; i < args->ScalarCount; i++)
            scalars[i] = T.CreateTruncating(args->Scalars[i]);
        _prologue = new StepPrologue<T>(*args->Prologue, (NoptStepFlags)args->Flags);
        _variant = args->Variant;
        _zeroGradients = (args->Flags & (uint)NoptStepFlags.ZeroGradients) != 0;
    }

    public readonly T* W, G, A;
    public readonly T** Slots;
    public readonly Lines Lines;

    /// <summary>Whether the variant has these bits.</summary>
    public bool Has(uint bits) => (_variant & bits) == bits;

    /// <summary>A scalar in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Scalar(int index) => Vector.Create(A[index]);

    /// <summary>Weights and gradients at position i, after the prologue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(in Place<T> place, long i, out Vector<T> weights, out Vector<T> gradients)
    {
        weights = place.Load(W + i);
        gradients = _prologue.Apply(ref weights, place.Load(G + i));
    }

    /// <summary>The end of the step at position i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(in Place<T> place, long i, Vector<T> weights)
    {
        place.Store(weights, W + i);
        if (_zeroGradients)
            place.Store(Vector<T>.Zero, G + i);
    }
}
