namespace NativeOpt;

/// <summary>How a <see cref="WarmupStableDecay"/> comes down, x being the share of the decay that is over.</summary>
public enum DecayShape
{
    /// <summary>A straight line, 1 - x.</summary>
    Linear,

    /// <summary>Half a cosine, (1 + cos(pi*x))/2.</summary>
    Cosine,

    /// <summary>1 - sqrt(x), steep at first (Haegele et al. 2024, https://arxiv.org/abs/2405.18392).</summary>
    OneMinusSqrt,
}
