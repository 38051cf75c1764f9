using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the normalization operations.</summary>
internal static unsafe class NormalizationCheck
{
    private const uint Fixed = (uint)NoptNormalizationFlags.Fixed;
    private const uint Unbiased = (uint)NoptNormalizationFlags.Unbiased;
    private const uint Accumulate = (uint)NoptNormalizationFlags.Accumulate;

    public static void CheckForward(in OpSite site, in NoptNormalizationForwardArgs args)
    {
        CheckKind(site, args.Normalization, args.Flags, Fixed | Unbiased);
        site.CheckReserved(args.Reserved);
        site.CheckFinite("epsilon", args.Epsilon, args.X.Dtype);
        if (args.Epsilon < 0)
            site.Fail($"epsilon is {OpSite.Text(args.Epsilon)}, and must be at least 0");
        site.CheckFraction("momentum", args.Momentum);
        site.CheckReal("x", args.X);
        CheckVector(site, "gamma", args.Gamma, args.X);
        CheckVector(site, "beta", args.Beta, args.X);
        CheckMoving(site, args);
        if (args.Normalization == (int)NoptNormalization.Rms)
            CheckAbsent(site, "mean", args.Mean, args.Normalization);
        CheckStatistics(site, "mean", args.Mean, args.X, args.Normalization);
        CheckStatistics(site, "inverse", args.Inverse, args.X, args.Normalization);
        CheckPresent(site, "y", args.Y);
        CheckSameShape(site, "y", args.Y, args.X);
        CheckOverlaps(site, args);
    }

    public static void CheckBackward(in OpSite site, in NoptNormalizationBackwardArgs args)
    {
        CheckKind(site, args.Normalization, args.Flags, Fixed | Accumulate);
        site.CheckReserved(args.Reserved);
        site.CheckReal("x", args.X);
        CheckVector(site, "gamma", args.Gamma, args.X);
        if (args.Normalization == (int)NoptNormalization.Rms)
            CheckAbsent(site, "mean", args.Mean, args.Normalization);
        else
            CheckPresent(site, "mean", args.Mean);
        CheckStatistics(site, "mean", args.Mean, args.X, args.Normalization);
        CheckPresent(site, "inverse", args.Inverse);
        CheckStatistics(site, "inverse", args.Inverse, args.X, args.Normalization);
        CheckPresent(site, "dy", args.Dy);
        CheckSameShape(site, "dy", args.Dy, args.X);
        CheckVector(site, "dgamma", args.Dgamma, args.X);
        CheckVector(site, "dbeta", args.Dbeta, args.X);
        CheckSameShape(site, "dx", args.Dx, args.X);
        CheckOverlaps(site, args);
    }

    private static void CheckKind(in OpSite site, int normalization, uint flags, uint known)
    {
        if (normalization is < (int)NoptNormalization.Batch or > (int)NoptNormalization.Rms)
            site.Fail($"normalization is {normalization}, and must be 0 to {(int)NoptNormalization.Rms}");
        site.CheckFlags(flags, normalization == (int)NoptNormalization.Batch ? known : known & Accumulate);
    }

    private static void CheckAbsent(in OpSite site, string name, in NoptMatrix matrix, int normalization)
    {
        if (!IsAbsent(matrix))
            site.Fail($"{name}.data must be null: normalization {normalization} has none");
    }

    private static void CheckPresent(in OpSite site, string name, in NoptMatrix matrix)
    {
        if (IsAbsent(matrix))
            site.Fail($"{name}.data is null");
    }

    /// <summary>[1, width], or absent.</summary>
    private static void CheckVector(in OpSite site, string name, in NoptMatrix matrix, in NoptMatrix x)
    {
        site.CheckOptional(name, matrix, x.Dtype);
        site.CheckShape(name, matrix, new("the number of rows of a vector", 1), new("x.columns", x.Columns));
    }

    /// <summary>Means or deviations: one number for each column or for each row; or absent.</summary>
    private static void CheckStatistics(in OpSite site, string name, in NoptMatrix matrix, in NoptMatrix x, int normalization)
    {
        if (normalization == (int)NoptNormalization.Batch)
        {
            CheckVector(site, name, matrix, x);
            return;
        }
        site.CheckOptional(name, matrix, x.Dtype);
        site.CheckShape(name, matrix, new("x.rows", x.Rows), new("the number of columns of a statistic", 1));
    }

    private static void CheckSameShape(in OpSite site, string name, in NoptMatrix matrix, in NoptMatrix x)
    {
        site.CheckOptional(name, matrix, x.Dtype);
        site.CheckShape(name, matrix, new("x.rows", x.Rows), new("x.columns", x.Columns));
    }

    private static void CheckMoving(in OpSite site, in NoptNormalizationForwardArgs args)
    {
        if (args.Normalization != (int)NoptNormalization.Batch)
        {
            CheckAbsent(site, "moving_mean", args.MovingMean, args.Normalization);
            CheckAbsent(site, "moving_variance", args.MovingVariance, args.Normalization);
            return;
        }
        bool needed = (args.Flags & Fixed) != 0;
        if (needed || !IsAbsent(args.MovingVariance))
            CheckPresent(site, "moving_mean", args.MovingMean);
        if (needed || !IsAbsent(args.MovingMean))
            CheckPresent(site, "moving_variance", args.MovingVariance);
        CheckVector(site, "moving_mean", args.MovingMean, args.X);
        CheckVector(site, "moving_variance", args.MovingVariance, args.X);
    }

    private static void CheckOverlaps(in OpSite site, in NoptNormalizationForwardArgs args)
    {
        var buffers = new BufferList();
        buffers.AddInput("x", args.X);
        buffers.AddInput("gamma", args.Gamma);
        buffers.AddInput("beta", args.Beta);
        if ((args.Flags & Fixed) != 0)
        {
            buffers.AddInput("moving_mean", args.MovingMean);
            buffers.AddInput("moving_variance", args.MovingVariance);
        }
        else
        {
            buffers.AddOutput("moving_mean", args.MovingMean);
            buffers.AddOutput("moving_variance", args.MovingVariance);
        }
        buffers.AddOutput("mean", args.Mean);
        buffers.AddOutput("inverse", args.Inverse);
        buffers.AddOutput("y", args.Y);
        buffers.Check(site);
    }

    private static void CheckOverlaps(in OpSite site, in NoptNormalizationBackwardArgs args)
    {
        var buffers = new BufferList();
        buffers.AddInput("x", args.X);
        buffers.AddInput("gamma", args.Gamma);
        buffers.AddInput("mean", args.Mean);
        buffers.AddInput("inverse", args.Inverse);
        buffers.AddInput("dy", args.Dy);
        buffers.AddOutput("dgamma", args.Dgamma);
        buffers.AddOutput("dbeta", args.Dbeta);
        buffers.AddOutput("dx", args.Dx);
        buffers.Check(site);
    }
}
