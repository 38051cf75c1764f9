using NativeOpt.Training;

namespace NativeOpt;

// Serving.
public sealed partial class Sequential
{
    /// <summary>
    /// Makes something that predicts with the weights of now and allocates nothing, for programs that predict one row or a few at a time.
    /// Training the model further does not change it.
    /// </summary>
    /// <param name="maxRows">Rows that one call takes at most, 1 by default.</param>
    /// <returns>The predictor; dispose it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">maxRows is below 1.</exception>
    /// <exception cref="InvalidOperationException">The model is not built, or it is one of double numbers.</exception>
    public Predictor CreatePredictor(int maxRows = 1)
    {
        if (maxRows < 1)
            throw new ArgumentOutOfRangeException(nameof(maxRows), maxRows, $"maxRows is {maxRows}; it must be at least 1");
        Sequential folded = FoldBatchNormalization();
        try
        {
            return new Predictor(folded, OpenAnotherBackend(), maxRows);
        }
        catch
        {
            folded.Dispose();
            throw;
        }
    }
}
