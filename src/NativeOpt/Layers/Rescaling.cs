using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>y = scale * x + offset, in training and prediction alike: 1 / 255 turns bytes into [0, 1].</summary>
public sealed class Rescaling : Layer
{
    /// <summary>A rescaling layer.</summary>
    /// <param name="scale">Factor, finite.</param>
    /// <param name="offset">What is added, finite; 0 by default.</param>
    /// <param name="name">Name of the layer; by default "rescaling", "rescaling_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public Rescaling(double scale, double offset = 0, string? name = null) : base(name) =>
        (Scale, Offset) = (Require.Finite(scale, nameof(scale)), Require.Finite(offset, nameof(offset)));

    /// <summary>Factor.</summary>
    public double Scale { get; }

    /// <summary>What is added.</summary>
    public double Offset { get; }

    /// <inheritdoc/>
    internal override string TypeName => "rescaling";

    /// <inheritdoc/>
    internal override void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass) =>
        AddAffine(plan, buffers.X, buffers.Y, Offset);

    /// <inheritdoc/>
    internal override unsafe void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass)
    {
        if (buffers.Dx.Data is not null)
            AddAffine(plan, buffers.Dy, buffers.Dx, offset: 0);
    }

    // Dropout of nothing: scale and shift are what is left of it.
    private unsafe void AddAffine(NetworkPlan plan, NoptMatrix x, NoptMatrix y, double offset)
    {
        NoptNoiseArgs* args = plan.Add(NoptOpKind.Noise, new NoptNoiseArgs
        {
            StructSize = (uint)sizeof(NoptNoiseArgs),
            Noise = (int)NoptNoise.Dropout,
            Scale = Scale,
            Shift = offset,
            X = x,
            Y = y,
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Y);
    }
}
