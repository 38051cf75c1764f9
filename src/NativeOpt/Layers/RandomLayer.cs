using NativeOpt.Initializers;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// A layer that changes its input at random in training and leaves it as it is in Evaluate and Predict. The random numbers are those
/// of a counter: a function of the seed, the number of training steps so far and the place in the batch. They are the same on every
/// backend and with any number of threads, and backward makes them again instead of keeping them.
/// </summary>
public abstract class RandomLayer : Layer
{
    // The numbers of one step are a range of the stream of this length, which no batch fills.
    private const int StepShift = 32;

    private protected RandomLayer(long? seed, string? name) : base(name) => Seed = seed;

    /// <summary>
    /// Decides the random numbers. Null: they follow from the model's seed and the position of the layer, so that no two layers of a
    /// model have the same ones.
    /// </summary>
    public long? Seed { get; }

    /// <inheritdoc/>
    internal override bool IsIdentity(LayerPass pass) => !pass.IsTraining;

    /// <inheritdoc/>
    internal override void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass) =>
        AddNoise(plan, buffers.X, buffers.Y, isBackward: false);

    /// <inheritdoc/>
    internal override void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass)
    {
        // Nothing before the layer is trained: it has no parameters either.
        if (HasData(buffers.Dx))
            AddNoise(plan, buffers.Dy, buffers.Dx, isBackward: true);
    }

    /// <summary>Says what happens to x, or in backward to dy, in the step after so many. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A schedule has left its range; nothing has run.</exception>
    private protected abstract void Describe(ref NoptNoiseArgs args, long step, bool isBackward);

    private static unsafe bool HasData(in NoptMatrix matrix) => matrix.Data is not null;

    private unsafe void AddNoise(NetworkPlan plan, NoptMatrix x, NoptMatrix y, bool isBackward)
    {
        NoptNoiseArgs* args = plan.Add(NoptOpKind.Noise, new NoptNoiseArgs
        {
            StructSize = (uint)sizeof(NoptNoiseArgs),
            Seed = Seed is { } own ? (ulong)own : plan.Seed,
            Stream = RandomStreams.Layer(Seed is null ? Index : 0),
            X = x,
            Y = y,
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Y);
        plan.BeforeRun(pass =>
        {
            args->Offset = (ulong)pass << StepShift;
            Describe(ref *args, pass, isBackward);
        });
    }
}
