using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>SM3 for matrices (Anil et al. 2019, SM3-II): an accumulator for each row and each column.</summary>
internal sealed unsafe class Sm3Kernel<T> : IMatrixKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static void Run(NoptMatrixStepArgs* args, Scratch scratch)
    {
        T* scalars = stackalloc T[MatrixOperands<T>.MaxScalars];
        Lines lines = Lines.OfRows(args->Columns, args->Rows * args->Columns);
        var operands = new MatrixOperands<T>(args, lines, scalars);
        T* maxima = scratch.Get<T>(Scratch.Purpose.Matrix, args->Columns);
        new Span<T>(maxima, (int)args->Columns).Clear();
        T* rows = operands.Slots[Sm3Kernel.Row];
        for (long row = 0; row < lines.Count; row++)
        {
            var update = new UpdateRow
            {
                Operands = operands,
                Begin = lines.Begin(row),
                Smallest = Vector.Create(rows[row]),
                Maxima = maxima,
            };
            MatrixMath.ForEachVector<T, UpdateRow>(lines.Begin(row), lines.Size(row), ref update);
            rows[row] = update.Largest.Total();
        }
        new ReadOnlySpan<T>(maxima, (int)args->Columns).CopyTo(new Span<T>(operands.Slots[Sm3Kernel.Column], (int)args->Columns));
    }

    private struct UpdateRow : ILineStep<T>
    {
        public MatrixOperands<T> Operands;
        public long Begin;
        public Vector<T> Smallest;
        public T* Maxima;
        public LineMax<T> Largest;

        public void Apply(in Place<T> place, long i, int lane)
        {
            Operands.Read(place, i, out Vector<T> w, out Vector<T> g);
            Vector<T> cover = VectorMath.Min(Smallest, place.Load(Operands.Slots[Sm3Kernel.Column] + (i - Begin)));
            Vector<T> n = VectorMath.FlushSubnormals(
                Operands.Scalar(Sm3Kernel.Share) * (g * g) + Operands.Scalar(Sm3Kernel.Beta2) * cover);
            Largest.Add(lane, n);
            T* maximum = Maxima + (i - Begin);
            place.Store(VectorMath.Max(place.Load(maximum), n), maximum);
            T* m = Operands.Slots[Sm3Kernel.M] + i;
            Vector<T> kept = Operands.Scalar(Sm3Kernel.Beta1) * place.Load(m)
                + Operands.Scalar(Sm3Kernel.OneMinusBeta1) * Sm3Kernel.Divide(g, n, Operands.Scalar(Sm3Kernel.Eps));
            place.StoreState(kept, m);
            Operands.Write(place, i, w - Operands.Scalar(Sm3Kernel.Rate) * kept);
        }
    }
}

/// <summary>Describes <see cref="Sm3Kernel{T}"/>.</summary>
internal static class Sm3Kernel
{
    public const int Row = 0, Column = 1, M = 2;

    public const int Beta1 = 0, OneMinusBeta1 = 1, Beta2 = 2, Share = 3, Eps = 4, Rate = 5;

    public static readonly string[] ScalarNames = ["beta1", "one_minus_beta1", "beta2", "share", "eps", "rate"];

    public static readonly OptimizerDescription Description = new("sm3", ["row", "column", "m"], [0, 0, 0], ScalarNames, [])
    {
        Scope = NoptScope.Matrix,
        SlotShapes = [NoptSlotShape.Rows, NoptSlotShape.Columns, NoptSlotShape.Elements],
    };

    /// <summary>g / sqrt(n + eps), and n where it is 0 or NaN.</summary>
    public static Vector<T> Divide<T>(Vector<T> g, Vector<T> n, Vector<T> eps) where T : unmanaged, INumberBase<T> =>
        Vector.ConditionalSelect(Vector.GreaterThan(n, Vector<T>.Zero), g / Vector.SquareRoot(n + eps), n);
}
