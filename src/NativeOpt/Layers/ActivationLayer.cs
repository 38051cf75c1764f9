using NativeOpt.Interop;
using NativeOpt.Layers;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// An activation as a layer of its own: y = activation(x), [batch, inputs] both. <c>new Dense(64, "relu")</c> does the same as
/// <c>new Dense(64), new ActivationLayer("relu")</c> with less memory. Keras calls it Activation.
/// </summary>
public class ActivationLayer : Layer
{
    /// <summary>A layer of that activation.</summary>
    /// <param name="activation">An object or a name such as "gelu".</param>
    /// <param name="name">Name of the layer; by default "activation", "activation_1", ...</param>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public ActivationLayer(Activation activation, string? name = null) : this(activation, "activation", name) { }

    private protected ActivationLayer(Activation activation, string typeName, string? name) : base(name)
    {
        ArgumentNullException.ThrowIfNull(activation);
        (Activation, TypeName) = (activation, typeName);
    }

    /// <inheritdoc/>
    internal sealed override Activation Activation { get; }

    /// <inheritdoc/>
    internal sealed override string TypeName { get; }

    /// <inheritdoc/>
    internal sealed override bool IsIdentity(LayerPass pass) => pass.WithoutActivation || Activation == Activation.Linear;

    /// <inheritdoc/>
    internal sealed override unsafe void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass)
    {
        if (Activation.CustomFunction is { } custom)
        {
            custom.AddForward(plan, buffers.X, buffers.Y);
            return;
        }
        NoptActivationArgs* args = plan.Add(NoptOpKind.Activation, new NoptActivationArgs
        {
            StructSize = (uint)sizeof(NoptActivationArgs),
            Activation = (int)Activation.Kind,
            ActivationParameter = Activation.KernelParameter,
            X = buffers.X,
            Y = buffers.Y,
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Y);
    }

    /// <inheritdoc/>
    internal sealed override unsafe void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass)
    {
        if (Activation.CustomFunction is { } custom)
        {
            custom.AddBackward(plan, buffers.X, buffers.Y, buffers.Dy, buffers.Dx);
            return;
        }
        NoptActivationBackwardArgs* args = plan.Add(NoptOpKind.ActivationBackward, new NoptActivationBackwardArgs
        {
            StructSize = (uint)sizeof(NoptActivationBackwardArgs),
            Activation = (int)Activation.Kind,
            ActivationParameter = Activation.KernelParameter,
            X = buffers.X,
            Y = buffers.Y,
            Dy = buffers.Dy,
            Dx = buffers.Dx,
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Y);
        plan.FollowRows(&args->Dy);
        plan.FollowRows(&args->Dx);
    }
}
