using NativeOpt.Interop;

namespace NativeOpt.Metrics;

/// <summary>What is known after a batch has run.</summary>
/// <param name="Rows">Rows of the batch.</param>
/// <param name="LossSum">Sum of the loss over the rows.</param>
/// <param name="CorrectCount">Right answers as the loss operation counts them.</param>
/// <param name="Predictions">[rows, columns] after the last activation; only valid where a metric asked for it.</param>
/// <param name="Targets">[rows, columns], or [rows, 1] of labels.</param>
internal readonly record struct BatchOutcome(int Rows, double LossSum, long CorrectCount, NoptMatrix Predictions, NoptMatrix Targets)
{
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

    /// <summary>Column of the largest element of a row, the first of equals; a NaN is never larger.</summary>
    public static int LargestColumn(in NoptMatrix matrix, long row)
    {
        int largest = 0;
        for (int column = 1; column < matrix.Columns; column++)
        {
            if (Element(matrix, row, column) > Element(matrix, row, largest))
                largest = column;
        }
        return largest;
    }
}
