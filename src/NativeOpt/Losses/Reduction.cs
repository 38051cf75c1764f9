namespace NativeOpt;

/// <summary>
/// How the rows of a batch become one number, which training makes small. l is the value of a row, w its sample weight (1 where
/// there is none), N the number of rows; rows of an ignored class are in no sum and in no number.
/// </summary>
public enum Reduction
{
    /// <summary>sum(w l) / N: Keras' default, and PyTorch's "mean" (of the KL divergence: its "batchmean").</summary>
    SumOverBatchSize,

    /// <summary>sum(w l): Keras' "sum". The rate of learning then depends on the batch size.</summary>
    Sum,

    /// <summary>
    /// sum(w l) / sum(w), 0 where the weights are: Keras' "mean_with_sample_weight", and PyTorch's mean of a cross-entropy with
    /// class weights, which count in both sums.
    /// </summary>
    MeanWithSampleWeight,

    /// <summary>The sum over rows and columns: PyTorch's "sum". Differs from Sum where a row's value is a mean of its columns.</summary>
    SumOverElements,

    /// <summary>
    /// The mean over rows and columns: PyTorch's "mean". Differs from SumOverBatchSize where a row's value is a sum over its
    /// columns, as that of the KL divergence is.
    /// </summary>
    MeanOverElements,
}
