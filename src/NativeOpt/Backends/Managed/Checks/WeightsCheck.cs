using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the operations on weights beside the optimizer step: constraint, average and penalty.</summary>
internal static unsafe class WeightsCheck
{
    public static void CheckConstraint(in OpSite site, in NoptConstraintArgs args)
    {
        CheckChoice(site, "constraint", args.Constraint, (int)NoptConstraint.MinMaxNorm);
        CheckChoice(site, "group", args.Group, (int)NoptNormGroup.All);
        site.CheckReserved(args.Reserved);
        int dtype = args.W.Dtype;
        CheckNotNegative(site, "minimum", args.Minimum, dtype);
        site.CheckFinite("maximum", args.Maximum, dtype);
        if (args.Maximum < args.Minimum)
            site.Fail($"maximum is {OpSite.Text(args.Maximum)}, and must be at least minimum, which is {OpSite.Text(args.Minimum)}");
        site.CheckFraction("rate", args.Rate);
        CheckNotNegative(site, "epsilon", args.Epsilon, dtype);
        site.CheckReal("w", args.W);
    }

    public static void CheckAverage(in OpSite site, in NoptAverageArgs args)
    {
        CheckChoice(site, "form", args.Form, (int)NoptAverageForm.Towards);
        site.CheckFraction("keep", args.Keep);
        site.CheckReal("w", args.W);
        site.CheckMatrix("a", args.A, args.W.Dtype);
        site.CheckShape("a", args.A, new NamedSize("w.rows", args.W.Rows), new NamedSize("w.columns", args.W.Columns));
        var buffers = new BufferList();
        buffers.AddInput("w", args.W);
        buffers.AddOutput("a", args.A);
        buffers.Check(site);
    }

    public static void CheckPenalty(in OpSite site, in NoptPenaltyArgs args)
    {
        int dtype = args.X.Dtype;
        site.CheckReserved(args.Reserved);
        site.CheckFinite("l1", args.L1, dtype);
        site.CheckFinite("l2", args.L2, dtype);
        site.CheckFinite("gradient_scale", args.GradientScale, dtype);
        site.CheckFinite("gradient_scale * l1", args.GradientScale * args.L1, dtype);
        site.CheckFinite("2 * gradient_scale * l2", 2 * args.GradientScale * args.L2, dtype);
        site.CheckReal("x", args.X);
        site.CheckOptional("dx", args.Dx, dtype);
        site.CheckShape("dx", args.Dx, new NamedSize("x.rows", args.X.Rows), new NamedSize("x.columns", args.X.Columns));
        site.CheckAligned("value", args.Value, sizeof(double));
        var buffers = new BufferList();
        buffers.AddInput("x", args.X);
        buffers.AddOutput("dx", args.Dx);
        buffers.AddOutput("value", args.Value, sizeof(double));
        buffers.Check(site);
    }

    private static void CheckChoice(in OpSite site, string name, int value, int last)
    {
        if (value < 0 || value > last)
            site.Fail($"{name} is {value}, and must be 0 to {last}");
    }

    private static void CheckNotNegative(in OpSite site, string name, double value, int dtype)
    {
        site.CheckFinite(name, value, dtype);
        if (value < 0)
            site.Fail($"{name} is {OpSite.Text(value)}, and must be at least 0");
    }
}
