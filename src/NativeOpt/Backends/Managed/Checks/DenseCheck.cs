using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the dense layer's two operations.</summary>
internal static class DenseCheck
{
    private static readonly NamedSize OneRow = new("the number of rows of a bias", 1);

    public static void CheckForward(in OpSite site, in NoptDenseForwardArgs args)
    {
        ActivationCheck.CheckDense(site, args.Activation, args.ActivationParameter, args.X.Dtype);
        site.CheckReal("x", args.X);
        int dtype = args.X.Dtype;
        site.CheckMatrix("w", args.W, dtype);
        site.CheckOptional("b", args.B, dtype);
        site.CheckOptional("z", args.Z, dtype);
        site.CheckMatrix("y", args.Y, dtype);
        var batch = new NamedSize("x.rows", args.X.Rows);
        var columns = new NamedSize("w.columns", args.W.Columns);
        site.CheckShape("w", args.W, new("x.columns", args.X.Columns), columns);
        site.CheckShape("b", args.B, OneRow, columns);
        site.CheckShape("z", args.Z, batch, columns);
        site.CheckShape("y", args.Y, batch, columns);
        var buffers = new BufferList();
        buffers.AddInput("x", args.X);
        buffers.AddInput("w", args.W);
        buffers.AddInput("b", args.B);
        buffers.AddOutput("z", args.Z);
        buffers.AddOutput("y", args.Y);
        buffers.Check(site);
    }

    public static void CheckBackward(in OpSite site, in NoptDenseBackwardArgs args)
    {
        ActivationCheck.CheckDense(site, args.Activation, args.ActivationParameter, args.X.Dtype);
        site.CheckFlags(args.Flags, (uint)NoptBackwardFlags.Accumulate);
        site.CheckReserved(args.Reserved);
        CheckPresence(site, args);
        CheckMatrices(site, args);
        CheckShapes(site, args);
        var buffers = new BufferList();
        buffers.AddInput("x", args.X);
        buffers.AddInput("w", args.W);
        buffers.AddInput("y", args.Y);
        buffers.AddInput("z", args.Z);
        buffers.AddOutput("dy", args.Dy);
        buffers.AddOutput("dw", args.Dw);
        buffers.AddOutput("db", args.Db);
        buffers.AddOutput("dx", args.Dx);
        buffers.Check(site);
    }

    private static void CheckPresence(in OpSite site, in NoptDenseBackwardArgs args)
    {
        if (IsAbsent(args.W) && !IsAbsent(args.Dx))
            site.Fail("w.data is null, and dx needs w");
        ActivationCheck.CheckDerivativeSource(site, args.Activation, "z", args.Z, args.Y);
    }

    private static void CheckMatrices(in OpSite site, in NoptDenseBackwardArgs args)
    {
        site.CheckReal("x", args.X);
        int dtype = args.X.Dtype;
        site.CheckOptional("w", args.W, dtype);
        site.CheckOptional("y", args.Y, dtype);
        site.CheckOptional("z", args.Z, dtype);
        site.CheckMatrix("dy", args.Dy, dtype);
        site.CheckOptional("dw", args.Dw, dtype);
        site.CheckOptional("db", args.Db, dtype);
        site.CheckOptional("dx", args.Dx, dtype);
    }

    private static void CheckShapes(in OpSite site, in NoptDenseBackwardArgs args)
    {
        var batch = new NamedSize("x.rows", args.X.Rows);
        var rows = new NamedSize("x.columns", args.X.Columns);
        var columns = new NamedSize("dy.columns", args.Dy.Columns);
        site.CheckShape("dy", args.Dy, batch, columns);
        site.CheckShape("w", args.W, rows, columns);
        site.CheckShape("y", args.Y, batch, columns);
        site.CheckShape("z", args.Z, batch, columns);
        site.CheckShape("dw", args.Dw, rows, columns);
        site.CheckShape("db", args.Db, OneRow, columns);
        site.CheckShape("dx", args.Dx, batch, rows);
    }
}
