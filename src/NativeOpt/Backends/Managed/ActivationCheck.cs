using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.MatrixCheck;

namespace NativeOpt.Backends.Managed;

/// <summary>Checks of the activation operation, and of the activation of a dense layer.</summary>
internal static class ActivationCheck
{
    public static void All(in NoptActivationArgs args)
    {
        Kind("activation", args.Activation, args.ActivationParameter);
        Real("activation", "x", args.X);
        SameType("activation", "y", args.Y, "x", args.X);
        Equal("activation", "y.rows", args.Y.Rows, "x.rows", args.X.Rows);
        Equal("activation", "y.columns", args.Y.Columns, "x.columns", args.X.Columns);
        ApartOrSame("activation", "y", args.Y, "x", args.X);
    }

    /// <summary>A known activation; none of them takes a parameter yet.</summary>
    public static void Kind(string operation, int activation, double parameter)
    {
        if (activation is < (int)NoptActivation.Linear or > (int)NoptActivation.Softmax)
            Fail($"{operation}.activation is {activation}; it must be a nopt_activation, 0 to {(int)NoptActivation.Softmax}");
        if (parameter != 0)
            Fail(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{operation}.activation_parameter is {parameter}; it must be 0 for activation {activation}"));
    }
}
