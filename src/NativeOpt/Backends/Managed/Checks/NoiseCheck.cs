using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the noise operation.</summary>
internal static class NoiseCheck
{
    public static void Check(in OpSite site, in NoptNoiseArgs args)
    {
        if (args.Noise is < (int)NoptNoise.Dropout or > (int)NoptNoise.Gaussian)
            site.Fail($"noise is {args.Noise}, and must be 0 to {(int)NoptNoise.Gaussian}");
        site.CheckFraction("rate", args.Rate);
        site.CheckFinite("scale", args.Scale, args.X.Dtype);
        site.CheckFinite("shift", args.Shift, args.X.Dtype);
        site.CheckFinite("dropped", args.Dropped, args.X.Dtype);
        site.CheckReal("x", args.X);
        site.CheckMatrix("y", args.Y, args.X.Dtype);
        site.CheckShape("y", args.Y, new("x.rows", args.X.Rows), new("x.columns", args.X.Columns));
        site.CheckStreamRange(args.Offset, (ulong)args.X.Rows * (ulong)args.X.Columns);
        var buffers = new BufferList();
        if (!MatrixCheck.AreSame(args.X, args.Y))
            buffers.AddInput("x", args.X);
        buffers.AddOutput("y", args.Y);
        buffers.Check(site);
    }
}
