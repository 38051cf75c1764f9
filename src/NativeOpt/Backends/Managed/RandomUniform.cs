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
        ulong element = args->Offset;
        for (long row = 0; row < y.Rows; row++)
            foreach (ref T value in y[row])
                value = Draw<T>(args, element++);
    }

    private static T Draw<T>(NoptRandomUniformArgs* args, ulong element) where T : unmanaged, IFloatingPointIeee754<T>
    {
        uint word = Philox.Block(args->Seed, args->Stream, element / 4)[(int)(element % 4)];
        T fraction = T.CreateTruncating(word >> 8) * T.CreateTruncating(1.0 / (1 << 24));
        T low = T.CreateTruncating(args->Low);
        return low + fraction * (T.CreateTruncating(args->High) - low);
    }
}
