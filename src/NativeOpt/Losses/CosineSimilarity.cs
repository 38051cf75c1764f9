using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// -y t / (max(|y|, epsilon) max(|t|, epsilon)) of a row, |.| its length: -1 where the directions are the same. Keras
/// CosineSimilarity along the last axis; 1 + this is PyTorch's CosineEmbeddingLoss of matching pairs.
/// </summary>
public sealed record CosineSimilarity : Loss
{
    /// <summary>The smallest length a row counts with; above 0, default 1e-7 (PyTorch: 1e-8).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-7;

    /// <inheritdoc/>
    public override string Name => "cosine_similarity";

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new() { Loss = (int)NoptLoss.CosineSimilarity, Epsilon = Epsilon };
}
