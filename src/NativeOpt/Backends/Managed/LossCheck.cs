using System.Globalization;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.MatrixCheck;

namespace NativeOpt.Backends.Managed;

/// <summary>Checks of the loss operation, the labels included.</summary>
internal static unsafe class LossCheck
{
    private const string Name = "loss";

    public static void All(in NoptLossArgs args)
    {
        Numbers(args);
        Real(Name, "y", args.Y);
        if (args.Loss == (int)NoptLoss.SparseCategoricalCrossEntropy)
            Labels(args.Targets, args.Y);
        else
            SameShape("targets", args.Targets, args.Y);
        if (args.SampleWeights.Data != null)
        {
            SameType(Name, "sample_weights", args.SampleWeights, "y", args.Y);
            Equal(Name, "sample_weights.rows", args.SampleWeights.Rows, "y.rows", args.Y.Rows);
            Equal(Name, "sample_weights.columns", args.SampleWeights.Columns, "the number of weights of a row", 1);
        }
        if (args.Dy.Data == null)
            return;
        SameShape("dy", args.Dy, args.Y);
        ApartOrSame(Name, "dy", args.Dy, "y", args.Y);
        Apart(Name, "dy", args.Dy, "targets", args.Targets);
        Apart(Name, "dy", args.Dy, "sample_weights", args.SampleWeights);
    }

    private static void Numbers(in NoptLossArgs args)
    {
        if (args.Loss is < (int)NoptLoss.MeanSquaredError or > (int)NoptLoss.SparseCategoricalCrossEntropy)
            Fail($"{Name}.loss is {args.Loss}; it must be a nopt_loss, 0 to {(int)NoptLoss.SparseCategoricalCrossEntropy}");
        const uint known = (uint)NoptLossFlags.FromLogits;
        if ((args.Flags & ~known) != 0)
            Fail($"{Name}.flags is {args.Flags}; known bits are {known}");
        if (args.Reserved != 0)
            Fail($"{Name}.reserved is {args.Reserved}; it must be 0");
        if (!double.IsFinite(args.GradientScale))
            Fail(string.Create(CultureInfo.InvariantCulture, $"{Name}.gradient_scale is {args.GradientScale}; it must be finite"));
        if (args.CorrectCount != null && args.Loss == (int)NoptLoss.MeanSquaredError)
            Fail($"{Name}.correct_count is not null; NOPT_LOSS_MEAN_SQUARED_ERROR has no right answers");
    }

    private static void SameShape(string field, in NoptMatrix matrix, in NoptMatrix y)
    {
        SameType(Name, field, matrix, "y", y);
        if (matrix.Rows != y.Rows)
            Fail($"{Name}.{field}.rows is {matrix.Rows}, y.rows is {y.Rows}");
        if (matrix.Columns != y.Columns)
            Fail($"{Name}.{field}.columns is {matrix.Columns}, y.columns is {y.Columns}");
    }

    private static void Labels(in NoptMatrix targets, in NoptMatrix y)
    {
        if (targets.Dtype != (int)NoptDtype.I32)
            Fail($"{Name}.targets.dtype is {targets.Dtype}; the sparse loss takes NOPT_DTYPE_I32 ({(int)NoptDtype.I32})");
        Any(Name, "targets", targets);
        Equal(Name, "targets.rows", targets.Rows, "y.rows", y.Rows);
        Equal(Name, "targets.columns", targets.Columns, "the number of labels of a row", 1);
        var labels = (int*)targets.Data;
        for (long row = 0; row < targets.Rows; row++)
        {
            int label = labels[row * targets.Stride];
            if (label < 0 || label >= y.Columns)
                Fail($"{Name}.targets[{row}] is {label}; it must be at least 0 and less than y.columns, {y.Columns}");
        }
    }
}
