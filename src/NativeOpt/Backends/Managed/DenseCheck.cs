using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.MatrixCheck;

namespace NativeOpt.Backends.Managed;

/// <summary>Checks of the dense layer's two operations.</summary>
internal static unsafe class DenseCheck
{
    private const string Fwd = "dense_forward";
    private const string Bwd = "dense_backward";

    public static void Forward(in NoptDenseForwardArgs args)
    {
        ActivationCheck.Kind(Fwd, args.Activation, args.ActivationParameter);
        Real(Fwd, "x", args.X);
        Like(Fwd, "w", args.W, args.X, args.X.Columns, "x.columns", args.Y.Columns, "y.columns");
        Like(Fwd, "y", args.Y, args.X, args.X.Rows, "x.rows", args.W.Columns, "w.columns");
        if (args.B.Data != null)
            Like(Fwd, "b", args.B, args.X, 1, "the number of bias rows", args.W.Columns, "w.columns");
        if (args.Z.Data != null)
            Like(Fwd, "z", args.Z, args.X, args.X.Rows, "x.rows", args.W.Columns, "w.columns");
        Output(Fwd, "y", args.Y, args.X, args.W, args.B);
        Output(Fwd, "z", args.Z, args.X, args.W, args.B);
        Apart(Fwd, "z", args.Z, "y", args.Y);
    }

    public static void Backward(in NoptDenseBackwardArgs args)
    {
        ActivationCheck.Kind(Bwd, args.Activation, args.ActivationParameter);
        const uint known = (uint)NoptBackwardFlags.Accumulate;
        if ((args.Flags & ~known) != 0)
            Fail($"{Bwd}.flags is {args.Flags}; known bits are {known}");
        if (args.Reserved != 0)
            Fail($"{Bwd}.reserved is {args.Reserved}; it must be 0");
        Real(Bwd, "x", args.X);
        SameType(Bwd, "dy", args.Dy, "x", args.X);
        Equal(Bwd, "dy.rows", args.Dy.Rows, "x.rows", args.X.Rows);
        BackwardInputs(args);
        BackwardOutputs(args);
    }

    private static void BackwardInputs(in NoptDenseBackwardArgs args)
    {
        if (args.W.Data != null)
            Like(Bwd, "w", args.W, args.X, args.X.Columns, "x.columns", args.Dy.Columns, "dy.columns");
        else if (args.Dx.Data != null)
            Fail($"{Bwd}.w.data is null, dx.data is not");
        if (args.Y.Data != null)
            Like(Bwd, "y", args.Y, args.X, args.X.Rows, "x.rows", args.Dy.Columns, "dy.columns");
        else if (args.Activation != (int)NoptActivation.Linear)
            Fail($"{Bwd}.y.data is null; it may be so only where activation is NOPT_ACTIVATION_LINEAR");
        if (args.Z.Data != null)
            Like(Bwd, "z", args.Z, args.X, args.X.Rows, "x.rows", args.Dy.Columns, "dy.columns");
    }

    private static void BackwardOutputs(in NoptDenseBackwardArgs args)
    {
        if (args.Dw.Data != null)
            Like(Bwd, "dw", args.Dw, args.X, args.X.Columns, "x.columns", args.Dy.Columns, "dy.columns");
        if (args.Db.Data != null)
            Like(Bwd, "db", args.Db, args.X, 1, "the number of bias rows", args.Dy.Columns, "dy.columns");
        if (args.Dx.Data != null)
            Like(Bwd, "dx", args.Dx, args.X, args.X.Rows, "x.rows", args.X.Columns, "x.columns");
        BackwardOutput("dy", args.Dy, args);
        BackwardOutput("dw", args.Dw, args);
        BackwardOutput("db", args.Db, args);
        BackwardOutput("dx", args.Dx, args);
        Apart(Bwd, "dw", args.Dw, "dy", args.Dy);
        Apart(Bwd, "db", args.Db, "dy", args.Dy);
        Apart(Bwd, "dx", args.Dx, "dy", args.Dy);
        Apart(Bwd, "db", args.Db, "dw", args.Dw);
        Apart(Bwd, "dx", args.Dx, "dw", args.Dw);
        Apart(Bwd, "dx", args.Dx, "db", args.Db);
    }

    private static void BackwardOutput(string field, in NoptMatrix output, in NoptDenseBackwardArgs args)
    {
        Apart(Bwd, field, output, "x", args.X);
        Apart(Bwd, field, output, "w", args.W);
        Apart(Bwd, field, output, "y", args.Y);
        Apart(Bwd, field, output, "z", args.Z);
    }

    private static void Output(string operation, string field, in NoptMatrix output, in NoptMatrix x, in NoptMatrix w, in NoptMatrix b)
    {
        Apart(operation, field, output, "x", x);
        Apart(operation, field, output, "w", w);
        Apart(operation, field, output, "b", b);
    }

    /// <summary>A matrix of x's element type with the given sizes; each size is told with the field it comes from.</summary>
    private static void Like(string operation, string field, in NoptMatrix matrix, in NoptMatrix x,
        long rows, string rowsOf, long columns, string columnsOf)
    {
        SameType(operation, field, matrix, "x", x);
        if (matrix.Rows != rows)
            Fail($"{operation}.{field}.rows is {matrix.Rows}, {rowsOf} is {rows}");
        if (matrix.Columns != columns)
            Fail($"{operation}.{field}.columns is {matrix.Columns}, {columnsOf} is {columns}");
    }
}
