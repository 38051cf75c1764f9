using System.Numerics;
using NativeOpt.Initializers;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Random changes of a layer's input: dropout and Gaussian noise.</summary>
internal static unsafe class Noise
{
    private const int FractionBits = 24;

    public static void Run(NoptNoiseArgs* args)
    {
        if ((NoptDtype)args->X.Dtype == NoptDtype.F64)
            Run<double>(args);
        else
            Run<float>(args);
    }

    private static void Run<T>(NoptNoiseArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new MatrixRows<T>(args->X);
        var y = new MatrixRows<T>(args->Y);
        ulong position = args->Offset;
        for (long row = 0; row < x.Rows; row++)
        {
            if (args->Noise == (int)NoptNoise.Dropout)
                Drop(args, position, x[row], y[row]);
            else
                AddGaussian(args, position, x[row], y[row]);
            position += (ulong)x.Columns;
        }
    }

    private static void Drop<T>(NoptNoiseArgs* args, ulong position, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T scale = T.CreateTruncating(args->Scale);
        T shift = T.CreateTruncating(args->Shift);
        T dropped = T.CreateTruncating(args->Dropped);
        uint threshold = (uint)Math.Ceiling(args->Rate * (1 << FractionBits));
        var words = new PhiloxWords(args->Seed, args->Stream);
        for (int i = 0; i < x.Length; i++)
        {
            bool isDropped = threshold != 0 && words[position + (ulong)i] >> (32 - FractionBits) < threshold;
            y[i] = isDropped ? dropped : x[i] * scale + shift;
        }
    }

    private static void AddGaussian<T>(NoptNoiseArgs* args, ulong position, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isFactor = args->Noise == (int)NoptNoise.GaussianFactor;
        var words = new PhiloxWords(args->Seed, args->Stream);
        for (int i = 0; i < x.Length; i++)
        {
            double n = NormalQuantile.At((words[position + (ulong)i] + 0.5) * (1.0 / (1UL << 32)));
            y[i] = isFactor ? x[i] * T.CreateTruncating(1 + args->Scale * n) : x[i] + T.CreateTruncating(args->Scale * n);
        }
    }

    /// <summary>Words of a stream; those of one block are computed together.</summary>
    private struct PhiloxWords(ulong seed, ulong stream)
    {
        private Philox.Words _block;
        private ulong _loaded = ulong.MaxValue;

        public uint this[ulong position]
        {
            get
            {
                if (position / 4 != _loaded)
                    (_block, _loaded) = (Philox.Block(seed, stream, position / 4), position / 4);
                return _block[(int)(position % 4)];
            }
        }
    }
}
