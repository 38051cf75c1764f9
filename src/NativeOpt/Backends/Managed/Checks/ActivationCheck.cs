using NativeOpt.Backends.Managed.Activations;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the two activation operations, and of activations in dense layers.</summary>
internal static unsafe class ActivationCheck
{
    private const double SmallestNormalSingle = 1.17549435e-38;

    public static void Check(in OpSite site, in NoptActivationArgs args)
    {
        CheckKind(site, args.Activation, args.ActivationParameter, args.X.Dtype);
        site.CheckReal("x", args.X);
        site.CheckMatrix("y", args.Y, args.X.Dtype);
        site.CheckShape("y", args.Y, new("x.rows", args.X.Rows), new("x.columns", args.X.Columns));
        CheckSlopes(site, args.Activation, args.Slopes, args.X);
        var buffers = new BufferList();
        if (!AreSame(args.X, args.Y))
            buffers.AddInput("x", args.X);
        buffers.AddInput("slopes", args.Slopes);
        buffers.AddOutput("y", args.Y);
        buffers.Check(site);
    }

    public static void CheckBackward(in OpSite site, in NoptActivationBackwardArgs args)
    {
        CheckKind(site, args.Activation, args.ActivationParameter, args.Dy.Dtype);
        site.CheckFlags(args.Flags, (uint)NoptBackwardFlags.Accumulate);
        site.CheckReserved(args.Reserved);
        CheckDerivativeSource(site, args.Activation, "x", args.X, args.Y);
        CheckBackwardMatrices(site, args);
        CheckBackwardSlopes(site, args);
        var buffers = new BufferList();
        buffers.AddInput("x", args.X);
        buffers.AddInput("y", args.Y);
        buffers.AddInput("slopes", args.Slopes);
        if (!AreSame(args.Dy, args.Dx))
            buffers.AddInput("dy", args.Dy);
        buffers.AddOutput("dslopes", args.Dslopes);
        buffers.AddOutput("dx", args.Dx);
        buffers.Check(site);
    }

    /// <summary>A known activation with a parameter in its range; a dense layer has no slopes for PReLU.</summary>
    public static void CheckDense(in OpSite site, int activation, double parameter, int dtype)
    {
        CheckKnown(site, activation, NoptActivation.Prelu - 1, " in a dense layer");
        CheckParameter(site, activation, parameter, dtype);
    }

    /// <summary>Of the input and the output y, that which the derivative needs is there.</summary>
    public static void CheckDerivativeSource(in OpSite site, int activation, string inputName, in NoptMatrix input, in NoptMatrix y)
    {
        bool fromInput = ActivationTraits.SlopeIsOfInput((NoptActivation)activation);
        if (activation == (int)NoptActivation.Linear || !IsAbsent(fromInput ? input : y))
            return;
        string name = fromInput ? inputName : "y";
        site.Fail($"{name}.data is null, and activation {activation} needs {name}");
    }

    private static void CheckKind(in OpSite site, int activation, double parameter, int dtype)
    {
        CheckKnown(site, activation, NoptActivation.Prelu, "");
        CheckParameter(site, activation, parameter, dtype);
    }

    private static void CheckKnown(in OpSite site, int activation, NoptActivation last, string reason)
    {
        if (activation < 0 || activation > (int)last)
            site.Fail($"activation is {activation}, and must be 0 to {(int)last}{reason}");
    }

    private static void CheckParameter(in OpSite site, int activation, double parameter, int dtype)
    {
        ParameterLimit limit = ActivationTraits.Parameter((NoptActivation)activation);
        if (limit == ParameterLimit.None)
        {
            if (parameter != 0)
                site.Fail($"activation_parameter is {OpSite.Text(parameter)}, and must be 0: activation {activation} has none");
            return;
        }
        site.CheckFinite("activation_parameter", parameter, dtype);
        if (limit == ParameterLimit.NotNegative && parameter < 0)
            site.Fail($"activation_parameter is {OpSite.Text(parameter)}, and must be at least 0");
        bool isDouble = dtype == (int)NoptDtype.F64;
        if (limit == ParameterLimit.Positive && parameter < (isDouble ? double.Epsilon : SmallestNormalSingle))
            site.Fail($"activation_parameter is {OpSite.Text(parameter)}, and must be above 0{(isDouble ? "" : " as a 32-bit number")}");
    }

    /// <summary>Slopes are there for PReLU and for no other, and are [1, x.columns] or [1, 1].</summary>
    private static void CheckSlopes(in OpSite site, int activation, in NoptMatrix slopes, in NoptMatrix x)
    {
        if (activation != (int)NoptActivation.Prelu)
        {
            if (!IsAbsent(slopes))
                site.Fail($"slopes.data is 0x{(nuint)slopes.Data:x}, and must be null: activation {activation} has none");
            return;
        }
        site.CheckMatrix("slopes", slopes, x.Dtype);
        site.CheckShape("slopes", slopes, new("the number of rows of slopes", 1),
            slopes.Columns == 1 ? new("the number of shared slopes", 1) : new("x.columns", x.Columns));
    }

    private static void CheckBackwardMatrices(in OpSite site, in NoptActivationBackwardArgs args)
    {
        site.CheckReal("dy", args.Dy);
        int dtype = args.Dy.Dtype;
        site.CheckOptional("x", args.X, dtype);
        site.CheckOptional("y", args.Y, dtype);
        site.CheckOptional("dx", args.Dx, dtype);
        var batch = new NamedSize("dy.rows", args.Dy.Rows);
        var width = new NamedSize("dy.columns", args.Dy.Columns);
        site.CheckShape("x", args.X, batch, width);
        site.CheckShape("y", args.Y, batch, width);
        site.CheckShape("dx", args.Dx, batch, width);
    }

    private static void CheckBackwardSlopes(in OpSite site, in NoptActivationBackwardArgs args)
    {
        CheckSlopes(site, args.Activation, args.Slopes, args.X);
        if (IsAbsent(args.Dslopes))
            return;
        if (IsAbsent(args.Slopes))
            site.Fail($"dslopes.data is 0x{(nuint)args.Dslopes.Data:x}, and must be null where slopes is absent");
        site.CheckMatrix("dslopes", args.Dslopes, args.Dy.Dtype);
        site.CheckShape("dslopes", args.Dslopes, new("slopes.rows", args.Slopes.Rows), new("slopes.columns", args.Slopes.Columns));
    }
}
