using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>Muon (Jordan et al. 2024): the momentum of a matrix, made nearly orthogonal by <see cref="NewtonSchulz{T}"/>.</summary>
internal sealed unsafe class MuonKernel<T> : IMatrixKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static void Run(NoptMatrixStepArgs* args, Scratch scratch)
    {
        T* scalars = stackalloc T[MatrixOperands<T>.MaxScalars];
        Lines lines = Lines.OfRuns(args->Rows * args->Columns);
        var operands = new MatrixOperands<T>(args, lines, scalars);
        var matrix = new NewtonSchulz<T>(args->Rows, args->Columns, lines.Count, scratch);
        for (long line = 0; line < lines.Count; line++)
        {
            var accumulate = new Accumulate { Operands = operands, X = matrix.X };
            MatrixMath.ForEachVector<T, Accumulate>(lines.Begin(line), lines.Size(line), ref accumulate);
            matrix.Extra[line] = accumulate.Squares.Total();
        }
        Preconditioning preconditioning = operands.Has(MuonKernel.Aol) ? Preconditioning.Aol
            : operands.Has(MuonKernel.Schatten) ? Preconditioning.Schatten : Preconditioning.None;
        if (preconditioning == Preconditioning.None)
        {
            T norm = operands.Has(MuonKernel.Spectral) ? matrix.SpectralNorm() : T.Sqrt(MatrixMath.SumOf(matrix.Extra, lines.Count));
            matrix.Scale(T.One / MatrixMath.Larger(norm + scalars[MuonKernel.Offset], scalars[MuonKernel.LeastNorm]));
        }
        matrix.Iterate(new ReadOnlySpan<double>(args->Coefficients, (int)args->CoefficientCount), preconditioning);
        T change = scalars[MuonKernel.Rate];
        if (operands.Has(MuonKernel.Adaptive))
            change *= Project(operands, matrix);
        var apply = new ApplyChange { Operands = operands, X = matrix.X, Change = Vector.Create(change) };
        MatrixMath.ForEachVector<T, ApplyChange>(0, lines.Total, ref apply);
    }

    /// <summary>The sum of the products of the direction and x.</summary>
    private static T Project(in MatrixOperands<T> operands, in NewtonSchulz<T> matrix)
    {
        Lines lines = operands.Lines;
        for (long line = 0; line < lines.Count; line++)
        {
            var project = new ProjectLine { Operands = operands, X = matrix.X };
            MatrixMath.ForEachVector<T, ProjectLine>(lines.Begin(line), lines.Size(line), ref project);
            matrix.Extra[line] = project.Products.Total();
        }
        return MatrixMath.SumOf(matrix.Extra, lines.Count);
    }

    private static Vector<T> Direction(in MatrixOperands<T> operands, Vector<T> gradients, Vector<T> momentum) =>
        operands.Scalar(MuonKernel.FromGradient) * gradients + operands.Scalar(MuonKernel.FromMomentum) * momentum;

    private struct Accumulate : ILineStep<T>
    {
        public MatrixOperands<T> Operands;
        public T* X;
        public LineSum<T> Squares;

        public void Apply(in Place<T> place, long i, int lane)
        {
            Operands.Read(place, i, out _, out Vector<T> g);
            T* slot = Operands.Slots[0] + i;
            Vector<T> m = VectorMath.FlushSubnormals(
                Operands.Scalar(MuonKernel.Momentum) * place.Load(slot) + Operands.Scalar(MuonKernel.Share) * g);
            place.Store(m, slot);
            Vector<T> u = Direction(Operands, g, m);
            place.Store(u, X + i);
            Squares.Add(lane, u * u);
        }
    }

    private struct ProjectLine : ILineStep<T>
    {
        public MatrixOperands<T> Operands;
        public T* X;
        public LineSum<T> Products;

        public void Apply(in Place<T> place, long i, int lane)
        {
            Operands.Read(place, i, out _, out Vector<T> g);
            Products.Add(lane, Direction(Operands, g, place.Load(Operands.Slots[0] + i)) * place.Load(X + i));
        }
    }

    private struct ApplyChange : ILineStep<T>
    {
        public MatrixOperands<T> Operands;
        public T* X;
        public Vector<T> Change;

        public readonly void Apply(in Place<T> place, long i, int lane)
        {
            Operands.Read(place, i, out Vector<T> w, out _);
            Operands.Write(place, i, w - Change * place.Load(X + i));
        }
    }
}

/// <summary>Describes <see cref="MuonKernel{T}"/>.</summary>
internal static class MuonKernel
{
    public const int Momentum = 0, Share = 1, FromGradient = 2, FromMomentum = 3, Offset = 4, LeastNorm = 5, Rate = 6;

    public const uint Adaptive = 1, Aol = 2, Schatten = 4, Spectral = 8;

    public static readonly OptimizerDescription Description = new("muon", ["m"], [0],
        ["momentum", "share", "from_gradient", "from_momentum", "offset", "least_norm", "rate"], ["adaptive", "aol", "schatten", "spectral"])
    {
        Scope = NoptScope.Matrix,
        SlotShapes = [NoptSlotShape.Elements],
        CoefficientsPerRow = 3,
    };
}
