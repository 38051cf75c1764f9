using NativeOpt.Interop;
using NativeOpt.Saving;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// The leaky rectifier with learned slopes: y = x above 0, else alpha x, [batch, inputs] both, with alpha [inputs] or [1] (He et
/// al. 2015). Where x is 0 the slope of y is alpha, as in PyTorch.
/// </summary>
public sealed class PReLU : Layer
{
    private readonly Initializer _alphaInitializer;
    private readonly Regularizer? _alphaRegularizer;
    private readonly Constraint? _alphaConstraint;
    private ParameterRange? _alpha;

    /// <summary>A layer with a slope for each input, or one for all.</summary>
    /// <param name="alphaInitializer">First slopes; "zeros" by default, as in Keras. PyTorch begins with 0.25.</param>
    /// <param name="shared">Whether all inputs have one slope, as PyTorch has it by default; Keras: shared_axes=[1].</param>
    /// <param name="alphaRegularizer">Penalty of the slopes, an object or text such as "l2(0.001)"; none by default.</param>
    /// <param name="alphaConstraint">What the slopes are brought back to after each step; nothing by default.</param>
    /// <param name="name">Name of the layer; by default "p_re_lu", "p_re_lu_1", ...</param>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public PReLU(
        Initializer? alphaInitializer = null, bool shared = false, Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null, string? name = null) : base(name)
    {
        (_alphaInitializer, Shared) = (alphaInitializer ?? Initializer.Zeros, shared);
        (_alphaRegularizer, _alphaConstraint) = (alphaRegularizer, alphaConstraint);
    }

    /// <summary>Whether all inputs have one slope.</summary>
    public bool Shared { get; }

    /// <summary>The settings, without those at their defaults.</summary>
    internal ScheduleSettings GetSettings() => new ScheduleSettings()
        .With("alpha_initializer", ModelFormat.TextOf(_alphaInitializer, Initializer.Zeros))
        .With("shared", Shared, false)
        .With("alpha_regularizer", ModelFormat.TextOf(_alphaRegularizer))
        .With("alpha_constraint", ModelFormat.TextOf(_alphaConstraint));

    /// <inheritdoc/>
    internal override string TypeName => "p_re_lu";

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns) =>
    [
        new("alpha", [Shared ? 1 : inputColumns], _alphaInitializer, new Fans(inputColumns, inputColumns))
        {
            Regularizer = _alphaRegularizer,
            Constraint = _alphaConstraint,
        },
    ];

    /// <inheritdoc/>
    internal override void Bind(IReadOnlyList<ParameterRange> parameters) => _alpha = parameters[0];

    /// <inheritdoc/>
    internal override unsafe void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass)
    {
        NoptActivationArgs* args = plan.Add(NoptOpKind.Activation, new NoptActivationArgs
        {
            StructSize = (uint)sizeof(NoptActivationArgs),
            Activation = (int)NoptActivation.Prelu,
            X = buffers.X,
            Y = buffers.Y,
            Slopes = plan.Parameter(_alpha),
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Y);
    }

    /// <inheritdoc/>
    internal override unsafe void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass)
    {
        NoptActivationBackwardArgs* args = plan.Add(NoptOpKind.ActivationBackward, new NoptActivationBackwardArgs
        {
            StructSize = (uint)sizeof(NoptActivationBackwardArgs),
            Activation = (int)NoptActivation.Prelu,
            Flags = pass.Accumulate ? (uint)NoptBackwardFlags.Accumulate : 0,
            X = buffers.X,
            Slopes = plan.Parameter(_alpha),
            Dy = buffers.Dy,
            Dslopes = plan.Gradient(_alpha),
            Dx = buffers.Dx,
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Dy);
        plan.FollowRows(&args->Dx);
    }
}
