using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the random_uniform operation.</summary>
internal static class RandomUniformCheck
{
    public static void Check(in OpSite site, in NoptRandomUniformArgs args)
    {
        site.CheckReserved(args.Reserved);
        site.CheckFinite("low", args.Low, args.Y.Dtype);
        site.CheckFinite("high", args.High, args.Y.Dtype);
        if (args.Low >= args.High)
            site.Fail($"low is {OpSite.Text(args.Low)}, and must be below high, which is {OpSite.Text(args.High)}");
        site.CheckFinite("high - low", args.High - args.Low, args.Y.Dtype);
        site.CheckReal("y", args.Y);
        ulong count = (ulong)args.Y.Rows * (ulong)args.Y.Columns;
        site.CheckStreamRange(args.Offset, count);
    }
}
