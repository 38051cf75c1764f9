using System.Numerics;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>What a loss computes for one row.</summary>
internal readonly ref struct LossRow<TElement> where TElement : unmanaged, IFloatingPointIeee754<TElement>
{
    /// <summary>Predictions or logits.</summary>
    public required ReadOnlySpan<TElement> Y { get; init; }

    /// <summary>As long as <see cref="Y"/>; smoothed and weighed by class where the loss is categorical.</summary>
    public required ReadOnlySpan<TElement> T { get; init; }

    /// <summary>As long as <see cref="Y"/>, perhaps the same memory; empty if no gradient is wanted.</summary>
    public required Span<TElement> Dy { get; init; }

    /// <summary>Factor of the gradient: gradient_scale times the weight of the row.</summary>
    public required TElement Scale { get; init; }
}
