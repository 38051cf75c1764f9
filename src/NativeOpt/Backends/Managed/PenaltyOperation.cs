using System.Numerics;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>The penalty operation: l1 * sum |x| + l2 * sum x^2 in the order of the native core, and its gradient.</summary>
internal static unsafe class PenaltyOperation
{
    /// <summary>Elements that are summed in the element type; what comes out is added in double.</summary>
    private const int PieceElements = 4096;

    private const int MaxBlocks = 64;

    public static void Run(NoptPenaltyArgs* args)
    {
        if ((NoptDtype)args->X.Dtype == NoptDtype.F64)
            Run<double>(args);
        else
            Run<float>(args);
    }

    private static void Run<T>(NoptPenaltyArgs* args) where T : unmanaged, INumberBase<T>
    {
        var x = new MatrixRows<T>(args->X);
        var dx = new MatrixRows<T>(args->Dx);
        bool hasGaps = MatrixPieces.HasRowGaps(args->X) || MatrixPieces.HasRowGaps(args->Dx);
        var pieces = new MatrixPieces(args->X, hasGaps, PieceElements);
        long blockPieces = (pieces.Count + MaxBlocks - 1) / MaxBlocks;
        (double sizes, double squares) = (0, 0);
        for (long first = 0; first < pieces.Count; first += blockPieces)
        {
            (double blockSizes, double blockSquares) = (0, 0);
            for (long i = first; i < Math.Min(first + blockPieces, pieces.Count); i++)
            {
                (long row, long column, int count) = pieces[i];
                if (args->Value != null)
                    AddSums(x.Data + row * x.Stride + column, count, ref blockSizes, ref blockSquares);
                if (dx.IsPresent)
                    AddGradient(args, x.Data + row * x.Stride + column, dx.Data + row * dx.Stride + column, count);
            }
            sizes += blockSizes;
            squares += blockSquares;
        }
        // A factor of 0 leaves its term out: infinite weights are none of its business.
        if (args->Value != null)
            *args->Value = (args->L1 == 0 ? 0 : args->L1 * sizes) + (args->L2 == 0 ? 0 : args->L2 * squares);
    }

    private static void AddSums<T>(T* x, int count, ref double sizes, ref double squares) where T : unmanaged, INumberBase<T>
    {
        int width = Vector<T>.Count;
        var sizeSum = new LineSum<T>();
        var squareSum = new LineSum<T>();
        for (int i = 0; i < count; i += width)
        {
            Vector<T> v = VectorTail.Load(x + i, Math.Min(width, count - i));
            sizeSum.Add(i, Vector.Abs(v));
            squareSum.Add(i, v * v);
        }
        sizes += double.CreateTruncating(sizeSum.Total());
        squares += double.CreateTruncating(squareSum.Total());
    }

    private static void AddGradient<T>(NoptPenaltyArgs* args, T* x, T* dx, int count) where T : unmanaged, INumberBase<T>
    {
        double sizeFactor = args->GradientScale * args->L1;
        double squareFactor = 2 * args->GradientScale * args->L2;
        Vector<T> ofSize = VectorMath.Broadcast<T>(sizeFactor);
        Vector<T> ofSquare = VectorMath.Broadcast<T>(squareFactor);
        int width = Vector<T>.Count;
        for (int i = 0; i < count; i += width)
        {
            int lanes = Math.Min(width, count - i);
            Vector<T> v = VectorTail.Load(x + i, lanes);
            Vector<T> gradient = VectorTail.Load(dx + i, lanes);
            if (sizeFactor != 0)
                gradient += VectorMath.SignTimes(v, ofSize);
            if (squareFactor != 0)
                gradient += ofSquare * v;
            VectorTail.Store(gradient, dx + i, lanes);
        }
    }
}
