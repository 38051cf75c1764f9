using System.Numerics;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Optimizers.Matrix.AdafactorFinish;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>Adafactor for vectors (Shazeer &amp; Stern 2018, algorithm 5): a second moment for each element, <c>d = sqrt(v)</c>.</summary>
internal sealed unsafe class AdafactorUnfactoredKernel<T> : IMatrixKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static void Run(NoptMatrixStepArgs* args, Scratch scratch)
    {
        T* scalars = stackalloc T[MatrixOperands<T>.MaxScalars];
        Lines lines = Lines.OfRuns(args->Rows * args->Columns);
        MatrixOperands<T> operands = Read(args, lines, scalars);
        T* weightSquares = scratch.Get<T>(Scratch.Purpose.Matrix, 2 * lines.Count);
        T* v = operands.Slots[AdafactorUnfactoredKernel.V];
        for (long line = 0; line < lines.Count; line++)
        {
            var update = new UpdateMoments { Operands = operands, V = v };
            MatrixMath.ForEachVector<T, UpdateMoments>(lines.Begin(line), lines.Size(line), ref update);
            weightSquares[line] = update.Weights.Total();
        }
        AdafactorFinish.Run(operands, new Divisor(v), operands.Slots[AdafactorUnfactoredKernel.M], weightSquares,
            weightSquares + lines.Count);
    }

    private struct UpdateMoments : ILineStep<T>
    {
        public MatrixOperands<T> Operands;
        public T* V;
        public LineSum<T> Weights;

        public void Apply(in Place<T> place, long i, int lane)
        {
            Operands.Read(place, i, out Vector<T> w, out Vector<T> g);
            Weights.Add(lane, WeightSquare(Operands, place, i, w));
            Vector<T> square = g * g + Operands.Scalar(Offset);
            place.StoreState(Operands.Scalar(Beta2) * place.Load(V + i) + Operands.Scalar(OneMinusBeta2) * square, V + i);
        }
    }

    private readonly struct Divisor(T* v) : IAdafactorDivisor<T>
    {
        private readonly T* _v = v;

        public Vector<T> Get(in Place<T> place, long i, long line) => Vector.SquareRoot(place.Load(_v + i, T.One));
    }
}

/// <summary>Describes <see cref="AdafactorUnfactoredKernel{T}"/>.</summary>
internal static class AdafactorUnfactoredKernel
{
    public const int V = 0, M = 1;

    public static readonly OptimizerDescription Description =
        new("adafactor_unfactored", ["v", "m"], [0, Momentum], ScalarNames, VariantNames)
        {
            Scope = NoptScope.Matrix,
            SlotShapes = [NoptSlotShape.Elements, NoptSlotShape.Elements],
        };
}
