namespace NativeOpt;

/// <summary>What brings the singular values below 1 before the first Newton-Schulz iteration of <see cref="Muon"/>.</summary>
public enum MuonPreconditioning
{
    /// <summary>Division by the Frobenius norm, as in Keras and PyTorch.</summary>
    Frobenius,

    /// <summary>Division by the largest singular value, which takes a dozen products more.</summary>
    Spectral,

    /// <summary>
    /// Almost orthogonal layers (Boissin et al. 2025, https://arxiv.org/abs/2512.04632): each row by the root of the sum of
    /// |x x^T| along it. One iteration less does.
    /// </summary>
    Aol,

    /// <summary>
    /// The Schatten norm of degree 4 (Grishina et al. 2025, https://arxiv.org/abs/2506.10935): division by the root of the Frobenius
    /// norm of x x^T.
    /// </summary>
    Schatten,
}
