using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Fills a matrix with uniform numbers of a Philox stream.</summary>
internal static unsafe class RandomUniform
{
    public static void Run(NoptRandomUniformArgs* args)
    {
        if ((NoptDtype)args->Y.Dtype == NoptDtype.F64)
            Run<double>(args);
        else
            Run<float>(args);
    }

    private static void Run<T>(NoptRandomUniformArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = new MatrixRows<T>(args->Y);
        T low = T.CreateTruncating(args->Low);
        T high = T.CreateTruncating(args->High);
        T width = high - low;
        // The sum may round up to high, which is outside.
        T last = low < high ? T.BitDecrement(high) : low;
        ulong element = args->Offset;
        for (long row = 0; row < y.Rows; row++)
            foreach (ref T cell in y[row])
            {
                T value = low + Fraction<T>(args, element++) * width;
                cell = value < high ? value : last;
            }
    }

    /// <summary>The upper 24 bits of the element's word, in [0, 1).</summary>
    private static T Fraction<T>(NoptRandomUniformArgs* args, ulong element) where T : unmanaged, IFloatingPointIeee754<T>
    {
        uint word = Philox.Block(args->Seed, args->Stream, element / 4)[(int)(element % 4)];
        return T.CreateTruncating(word >> 8) * T.CreateTruncating(1.0 / (1 << 24));
    }
}
