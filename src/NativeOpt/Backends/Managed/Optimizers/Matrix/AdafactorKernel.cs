using System.Numerics;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Optimizers.Matrix.AdafactorFinish;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>
/// Adafactor for matrices (Shazeer &amp; Stern 2018, algorithm 4): the second moment is the product of the means of rows and columns,
/// <c>d = sqrt(r / max(mean r, least_divisor)) sqrt(c)</c>.
/// </summary>
internal sealed unsafe class AdafactorKernel<T> : IMatrixKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static void Run(NoptMatrixStepArgs* args, Scratch scratch)
    {
        (long rows, long columns) = (args->Rows, args->Columns);
        T* scalars = stackalloc T[MatrixOperands<T>.MaxScalars];
        MatrixOperands<T> operands = Read(args, Lines.OfRows(columns, rows * columns), scalars);
        T* weightSquares = scratch.Get<T>(Scratch.Purpose.Matrix, 3 * rows + 2 * columns);
        T* updateSquares = weightSquares + rows;
        T* rowRoots = updateSquares + rows;
        T* columnRoots = rowRoots + rows;
        SquareGradients(operands, weightSquares, rowRoots, columnRoots, columnRoots + columns);
        UpdateMoments(operands, rowRoots, columnRoots, rows, columns);
        var divisor = new FactoredDivisor<T>(rowRoots, columnRoots, columns);
        AdafactorFinish.Run(operands, divisor, operands.Slots[AdafactorKernel.M], weightSquares, updateSquares);
    }

    /// <summary>Sums of g^2 over rows and columns; those of columns over the rows of a block first.</summary>
    private static void SquareGradients(in MatrixOperands<T> operands, T* weightSquares, T* rowSums, T* columnSums, T* ofBlock)
    {
        Lines lines = operands.Lines;
        for (long block = 0; block < lines.BlockCount; block++)
        {
            T* columns = block == 0 ? columnSums : ofBlock;
            new Span<T>(columns, (int)lines.Length).Clear();
            for (long row = lines.BlockBegin(block); row < lines.BlockEnd(block); row++)
            {
                var squares = new SquareRow { Operands = operands, Begin = lines.Begin(row), Columns = columns };
                MatrixMath.ForEachVector<T, SquareRow>(lines.Begin(row), lines.Size(row), ref squares);
                rowSums[row] = squares.Gradients.Total();
                weightSquares[row] = squares.Weights.Total();
            }
            if (block > 0)
                System.Numerics.Tensors.TensorPrimitives.Add<T>(new ReadOnlySpan<T>(columnSums, (int)lines.Length),
                    new ReadOnlySpan<T>(ofBlock, (int)lines.Length), new Span<T>(columnSums, (int)lines.Length));
        }
    }

    private static void UpdateMoments(in MatrixOperands<T> operands, T* rowRoots, T* columnRoots, long rows, long columns)
    {
        T* r = operands.Slots[AdafactorKernel.R], c = operands.Slots[AdafactorKernel.C];
        UpdateMoment(operands, r, rowRoots, rows, columns);
        UpdateMoment(operands, c, columnRoots, columns, rows);
        T mean = MatrixMath.SumOf(r, rows) / T.CreateTruncating(rows);
        TakeRoots(r, MatrixMath.Larger(mean, operands.A[LeastDivisor]), rowRoots, rows);
        TakeRoots(c, T.One, columnRoots, columns);
    }

    /// <summary>moment = beta2 moment + (1 - beta2) (sum / count + offset)</summary>
    private static void UpdateMoment(in MatrixOperands<T> operands, T* moment, T* sums, long length, long count)
    {
        var step = new MomentStep { Operands = operands, Moment = moment, Sums = sums, Count = Vector.Create(T.CreateTruncating(count)) };
        MatrixMath.ForEachVector<T, MomentStep>(0, length, ref step);
    }

    private static void TakeRoots(T* moment, T divisor, T* roots, long length)
    {
        var step = new RootStep { Moment = moment, Divisor = Vector.Create(divisor), Roots = roots };
        MatrixMath.ForEachVector<T, RootStep>(0, length, ref step);
    }

    private struct SquareRow : ILineStep<T>
    {
        public MatrixOperands<T> Operands;
        public long Begin;
        public T* Columns;
        public LineSum<T> Gradients;
        public LineSum<T> Weights;

        public void Apply(in Place<T> place, long i, int lane)
        {
            Operands.Read(place, i, out Vector<T> w, out Vector<T> g);
            Weights.Add(lane, WeightSquare(Operands, place, i, w));
            Vector<T> square = g * g;
            Gradients.Add(lane, square);
            T* column = Columns + (i - Begin);
            place.Store(place.Load(column) + square, column);
        }
    }

    private struct MomentStep : ILineStep<T>
    {
        public MatrixOperands<T> Operands;
        public T* Moment;
        public T* Sums;
        public Vector<T> Count;

        public readonly void Apply(in Place<T> place, long i, int lane)
        {
            Vector<T> mean = place.Load(Sums + i) / Count + Operands.Scalar(Offset);
            place.StoreState(Operands.Scalar(Beta2) * place.Load(Moment + i) + Operands.Scalar(OneMinusBeta2) * mean, Moment + i);
        }
    }

    private struct RootStep : ILineStep<T>
    {
        public T* Moment;
        public Vector<T> Divisor;
        public T* Roots;

        public readonly void Apply(in Place<T> place, long i, int lane) =>
            place.Store(Vector.SquareRoot(place.Load(Moment + i) / Divisor), Roots + i);
    }
}

/// <summary>The root of a row times the root of a column.</summary>
internal readonly unsafe struct FactoredDivisor<T>(T* rowRoots, T* columnRoots, long columns) : IAdafactorDivisor<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T* _rowRoots = rowRoots, _columnRoots = columnRoots;

    /// <inheritdoc/>
    public Vector<T> Get(in Place<T> place, long i, long line) =>
        Vector.Create(_rowRoots[line]) * place.Load(_columnRoots + (i - line * columns), T.One);
}

/// <summary>Describes <see cref="AdafactorKernel{T}"/>.</summary>
internal static class AdafactorKernel
{
    public const int R = 0, C = 1, M = 2;

    public static readonly OptimizerDescription Description =
        new("adafactor", ["r", "c", "m"], [0, 0, Momentum], ScalarNames, VariantNames)
        {
            Scope = NoptScope.Matrix,
            SlotShapes = [NoptSlotShape.Rows, NoptSlotShape.Columns, NoptSlotShape.Elements],
        };
}
