using NativeOpt.Interop;

namespace NativeOpt.Metrics;

/// <summary>What is known after a batch has run.</summary>
/// <param name="Rows">Rows of the batch.</param>
/// <param name="LossSum">Sum of the weighted loss over the rows.</param>
/// <param name="Divisor">What the sum is divided by to be the loss of the batch; 0: the loss is 0.</param>
/// <param name="CorrectCount">Right answers as the loss operation counts them.</param>
/// <param name="Predictions">[rows, columns] after the last activation; only valid where a metric asked for it.</param>
/// <param name="Targets">[rows, columns], or [rows, 1] of labels.</param>
/// <param name="Weights">[rows, 1], or absent: each 1.</param>
internal readonly record struct BatchOutcome(
    int Rows, double LossSum, double Divisor, long CorrectCount, NoptMatrix Predictions, NoptMatrix Targets, NoptMatrix Weights)
{
    /// <summary>The penalties of parameters and outputs, which are a part of the loss.</summary>
    public double Penalty { get; init; }

    /// <summary>The loss of the batch.</summary>
    public double Loss => (Divisor == 0 ? 0 : LossSum / Divisor) + Penalty;

    /// <summary>The loss of the batch, as much as it is of a mean over rows.</summary>
    public double LossOfRows => Divisor == Rows ? LossSum + Penalty * Rows : Loss * Rows;

    /// <summary>Element of a matrix of floats, doubles or labels.</summary>
    public static unsafe double Element(in NoptMatrix matrix, long row, long column)
    {
        long index = row * matrix.Stride + column;
        return (NoptDtype)matrix.Dtype switch
        {
            NoptDtype.F64 => ((double*)matrix.Data)[index],
            NoptDtype.I32 => ((int*)matrix.Data)[index],
            _ => ((float*)matrix.Data)[index],
        };
    }
}
