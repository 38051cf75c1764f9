using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>What a gradient is divided by under one form of Adafactor.</summary>
internal unsafe interface IAdafactorDivisor<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>For the elements at position i, which are of line <paramref name="line"/>.</summary>
    Vector<T> Get(in Place<T> place, long i, long line);
}

/// <summary>
/// What both forms of Adafactor do once they know the divisors: limit the size of the whole update, scale it with the size of the
/// weights, and apply it.
/// </summary>
internal static unsafe class AdafactorFinish
{
    public const int Beta2 = 0, OneMinusBeta2 = 1, Offset = 2, LeastDivisor = 3, InverseClip = 4, LeastScale = 5, Rate = 6, Decay = 7,
        OneMinusDecay = 8;

    public const uint Momentum = 1, Absolute = 2, DecayedScale = 4;

    public static readonly string[] ScalarNames =
        ["beta2", "one_minus_beta2", "offset", "least_divisor", "inverse_clip", "least_scale", "rate", "decay", "one_minus_decay"];

    public static readonly string[] VariantNames = ["momentum", "absolute", "decayed_scale"];

    /// <summary>Reads the operands; a least divisor of -1 becomes the machine epsilon.</summary>
    public static MatrixOperands<T> Read<T>(NoptMatrixStepArgs* args, Lines lines, T* scalars) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var operands = new MatrixOperands<T>(args, lines, scalars);
        if (scalars[LeastDivisor] < T.Zero)
            scalars[LeastDivisor] = MatrixMath.Epsilon<T>();
        return operands;
    }

    /// <summary>What one vector of weights adds to the sum of their squares.</summary>
    public static Vector<T> WeightSquare<T>(in MatrixOperands<T> operands, in Place<T> place, long i, Vector<T> decayed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> weights = operands.Has(DecayedScale) ? decayed : place.Load(operands.W + i);
        return weights * weights;
    }

    /// <summary>The rest of the step.</summary>
    /// <param name="operands">The step.</param>
    /// <param name="divisor">The form.</param>
    /// <param name="momentum">The slot of the momentum, if the variant has one.</param>
    /// <param name="weightSquares">The sum of the squared weights of each line.</param>
    /// <param name="updateSquares">Room for the same of the updates.</param>
    public static void Run<T, TDivisor>(in MatrixOperands<T> operands, TDivisor divisor, T* momentum, T* weightSquares, T* updateSquares)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TDivisor : struct, IAdafactorDivisor<T>
    {
        Lines lines = operands.Lines;
        for (long line = 0; line < lines.Count; line++)
        {
            var squares = new SquareUpdates<T, TDivisor> { Updates = new Updates<T, TDivisor>(operands, divisor, line) };
            MatrixMath.ForEachVector<T, SquareUpdates<T, TDivisor>>(lines.Begin(line), lines.Size(line), ref squares);
            updateSquares[line] = squares.Sum.Total();
        }
        T size = MatrixMath.RootMean(MatrixMath.SumOf(updateSquares, lines.Count), lines.Total);
        T weightSize = MatrixMath.RootMean(MatrixMath.SumOf(weightSquares, lines.Count), lines.Total);
        T scale = operands.Has(Absolute) ? T.One : MatrixMath.Larger(weightSize, operands.A[LeastScale]);
        T factor = operands.A[Rate] * scale / MatrixMath.Larger(size * operands.A[InverseClip], T.One);
        for (long line = 0; line < lines.Count; line++)
        {
            var apply = new ApplyUpdates<T, TDivisor>
            {
                Updates = new Updates<T, TDivisor>(operands, divisor, line),
                Factor = Vector.Create(factor),
                Momentum = operands.Has(Momentum) ? momentum : null,
            };
            MatrixMath.ForEachVector<T, ApplyUpdates<T, TDivisor>>(lines.Begin(line), lines.Size(line), ref apply);
        }
    }

    /// <summary>u = g / max(divisor, least divisor) along a line.</summary>
    private readonly struct Updates<T, TDivisor>(in MatrixOperands<T> operands, TDivisor divisor, long line)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TDivisor : struct, IAdafactorDivisor<T>
    {
        public readonly MatrixOperands<T> Operands = operands;
        private readonly TDivisor _divisor = divisor;

        public Vector<T> Get(in Place<T> place, long i, out Vector<T> weights)
        {
            Operands.Read(place, i, out weights, out Vector<T> gradients);
            return gradients / VectorMath.Max(_divisor.Get(place, i, line), Operands.Scalar(LeastDivisor));
        }
    }

    private struct SquareUpdates<T, TDivisor> : ILineStep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TDivisor : struct, IAdafactorDivisor<T>
    {
        public Updates<T, TDivisor> Updates;
        public LineSum<T> Sum;

        public void Apply(in Place<T> place, long i, int lane)
        {
            Vector<T> u = Updates.Get(place, i, out _);
            Sum.Add(lane, u * u);
        }
    }

    private struct ApplyUpdates<T, TDivisor> : ILineStep<T>
        where T : unmanaged, IFloatingPointIeee754<T>
        where TDivisor : struct, IAdafactorDivisor<T>
    {
        public Updates<T, TDivisor> Updates;
        public Vector<T> Factor;
        public T* Momentum;

        public readonly void Apply(in Place<T> place, long i, int lane)
        {
            Vector<T> change = Factor * Updates.Get(place, i, out Vector<T> weights);
            if (Momentum != null)
            {
                change = Updates.Operands.Scalar(Decay) * place.Load(Momentum + i) + Updates.Operands.Scalar(OneMinusDecay) * change;
                place.StoreState(change, Momentum + i);
            }
            Updates.Operands.Write(place, i, weights - change);
        }
    }
}
