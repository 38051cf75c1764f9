using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Initializers;

/// <summary>Uniform numbers, computed by the backend.</summary>
internal static unsafe class UniformNumbers
{
    /// <summary>Fills a parameter with numbers in [low, high).</summary>
    public static void Fill(in InitializerTarget target, double low, double high, IBackend backend)
    {
        var args = new NoptRandomUniformArgs
        {
            StructSize = (uint)sizeof(NoptRandomUniformArgs),
            Seed = target.Random.Seed,
            Stream = target.Random.Stream,
            Low = low,
            High = high,
            Y = target.Matrix,
        };
        var op = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)NoptOpKind.RandomUniform, Args = &args };
        backend.Run(&op, 1);
    }
}
