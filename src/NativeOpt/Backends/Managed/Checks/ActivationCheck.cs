using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the activation operation.</summary>
internal static class ActivationCheck
{
    public static void Check(in OpSite site, in NoptActivationArgs args)
    {
        site.CheckActivation(args.Activation, args.ActivationParameter);
        site.CheckReal("x", args.X);
        site.CheckMatrix("y", args.Y, args.X.Dtype);
        site.CheckShape("y", args.Y, new("x.rows", args.X.Rows), new("x.columns", args.X.Columns));
        var buffers = new BufferList();
        if (!MatrixCheck.AreSame(args.X, args.Y))
            buffers.AddInput("x", args.X);
        buffers.AddOutput("y", args.Y);
        buffers.Check(site);
    }
}
