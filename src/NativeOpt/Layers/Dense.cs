using NativeOpt.Interop;
using NativeOpt.Layers;
using NativeOpt.Saving;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// The fully connected layer: y = activation(x W + b) with x [batch, inputs], the kernel W [inputs, units] and the bias b [units].
/// </summary>
public sealed class Dense : Layer
{
    private readonly int? _inputShape;
    private readonly Initializer _kernelInitializer;
    private readonly Initializer _biasInitializer;
    private readonly Regularizer? _kernelRegularizer;
    private readonly Regularizer? _biasRegularizer;
    private readonly Constraint? _kernelConstraint;
    private readonly Constraint? _biasConstraint;
    private ParameterRange? _kernel;
    private ParameterRange? _bias;

    /// <summary>A fully connected layer.</summary>
    /// <param name="units">Number of outputs, at least 1.</param>
    /// <param name="activation">Function of the outputs, an object or a name such as "relu"; linear by default.</param>
    /// <param name="inputShape">Number of inputs; may be left out, also in a first layer, where the first data say it.</param>
    /// <param name="useBias">Whether b is there; true by default.</param>
    /// <param name="kernelInitializer">First values of W; "glorot_uniform" by default.</param>
    /// <param name="biasInitializer">First values of b; "zeros" by default.</param>
    /// <param name="kernelRegularizer">Penalty of W, an object or text such as "l2(0.001)"; none by default.</param>
    /// <param name="biasRegularizer">Penalty of b; none by default.</param>
    /// <param name="activityRegularizer">Penalty of y, divided by the number of rows; none by default.</param>
    /// <param name="kernelConstraint">What W is brought back to after each step, such as "max_norm(3)"; nothing by default.</param>
    /// <param name="biasConstraint">The same for b.</param>
    /// <param name="name">Name of the layer; by default "dense", "dense_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">units or inputShape is below 1.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public Dense(
        int units, Activation? activation = null, int? inputShape = null, bool useBias = true,
        Initializer? kernelInitializer = null, Initializer? biasInitializer = null, Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null, Regularizer? activityRegularizer = null, Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null, string? name = null)
        : base(name)
    {
        if (units < 1)
            throw new ArgumentOutOfRangeException(nameof(units), units, $"units is {units}; it must be at least 1");
        if (inputShape < 1)
            throw new ArgumentOutOfRangeException(nameof(inputShape), inputShape, $"inputShape is {inputShape}; it must be at least 1");
        (Units, UseBias, _inputShape) = (units, useBias, inputShape);
        Activation = activation ?? Activation.Linear;
        _kernelInitializer = kernelInitializer ?? Initializer.GlorotUniform;
        _biasInitializer = biasInitializer ?? Initializer.Zeros;
        (_kernelRegularizer, _biasRegularizer, ActivityRegularizer) = (kernelRegularizer, biasRegularizer, activityRegularizer);
        (_kernelConstraint, _biasConstraint) = (kernelConstraint, biasConstraint);
    }

    /// <summary>Number of outputs.</summary>
    public int Units { get; }

    /// <summary>Whether there is a bias.</summary>
    public bool UseBias { get; }

    /// <inheritdoc/>
    internal override string TypeName => "dense";

    /// <summary>The settings, without those at their defaults.</summary>
    internal ScheduleSettings GetSettings() => new ScheduleSettings { ["units"] = Units }
        .With("activation", Activation == Activation.Linear ? null : ModelFormat.TextOf(Activation))
        .With("input_shape", _inputShape)
        .With("use_bias", UseBias, true)
        .With("kernel_initializer", ModelFormat.TextOf(_kernelInitializer, Initializer.GlorotUniform))
        .With("bias_initializer", ModelFormat.TextOf(_biasInitializer, Initializer.Zeros))
        .With("kernel_regularizer", ModelFormat.TextOf(_kernelRegularizer))
        .With("kernel_constraint", ModelFormat.TextOf(_kernelConstraint))
        .With("bias_regularizer", ModelFormat.TextOf(_biasRegularizer))
        .With("bias_constraint", ModelFormat.TextOf(_biasConstraint));

    /// <summary>The same layer with a bias, in no model.</summary>
    internal Dense WithBias() => new(
        Units, Activation, _inputShape, useBias: true, _kernelInitializer, _biasInitializer, _kernelRegularizer, _biasRegularizer,
        ActivityRegularizer, _kernelConstraint, _biasConstraint, Name) { Trainable = Trainable };

    /// <inheritdoc/>
    internal override int? DeclaredInputColumns => _inputShape;

    /// <inheritdoc/>
    internal override Activation Activation { get; }

    /// <inheritdoc/>
    internal override int OutputColumnsFor(int inputColumns) => Units;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns)
    {
        var fans = new Fans(inputColumns, Units);
        var kernel = new ParameterDescription("kernel", [inputColumns, Units], _kernelInitializer, fans)
        {
            Regularizer = _kernelRegularizer,
            Constraint = _kernelConstraint,
        };
        var bias = new ParameterDescription("bias", [Units], _biasInitializer, fans)
        {
            Regularizer = _biasRegularizer,
            Constraint = _biasConstraint,
        };
        return UseBias ? [kernel, bias] : [kernel];
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<BufferDescription> DescribeBuffers() => Activation.NeedsZ ? [new(Units)] : [];

    /// <inheritdoc/>
    internal override void Bind(IReadOnlyList<ParameterRange> parameters) =>
        (_kernel, _bias) = (parameters[0], UseBias ? parameters[1] : null);

    /// <inheritdoc/>
    internal override unsafe void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass)
    {
        NoptDenseForwardArgs* args = plan.Add(NoptOpKind.DenseForward, new NoptDenseForwardArgs
        {
            StructSize = (uint)sizeof(NoptDenseForwardArgs),
            Activation = (int)AppliedBy(pass).Kind,
            ActivationParameter = AppliedBy(pass).KernelParameter,
            X = buffers.X,
            W = plan.Parameter(_kernel!),
            B = plan.Parameter(_bias),
            Z = PreActivation(buffers.Own, pass),
            Y = buffers.Y,
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Z);
        plan.FollowRows(&args->Y);
        AppliedBy(pass).CustomFunction?.AddForward(plan, buffers.Y, buffers.Y);
    }

    /// <inheritdoc/>
    internal override unsafe void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass)
    {
        AppliedBy(pass).CustomFunction?.AddBackward(plan, buffers.Own[0], buffers.Y, buffers.Dy, buffers.Dy);
        NoptDenseBackwardArgs* args = plan.Add(NoptOpKind.DenseBackward, new NoptDenseBackwardArgs
        {
            StructSize = (uint)sizeof(NoptDenseBackwardArgs),
            Activation = (int)AppliedBy(pass).Kind,
            ActivationParameter = AppliedBy(pass).KernelParameter,
            Flags = pass.Accumulate ? (uint)NoptBackwardFlags.Accumulate : 0,
            X = buffers.X,
            W = plan.Parameter(_kernel!),
            Y = buffers.Y,
            Z = PreActivation(buffers.Own, pass),
            Dy = buffers.Dy,
            Dw = plan.Gradient(_kernel!),
            Db = plan.Gradient(_bias),
            Dx = buffers.Dx,
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Y);
        plan.FollowRows(&args->Z);
        plan.FollowRows(&args->Dy);
        plan.FollowRows(&args->Dx);
    }

    private Activation AppliedBy(LayerPass pass) => pass.WithoutActivation ? Activation.Linear : Activation;

    // x w + b, kept where the derivative of the activation is not a function of y.
    private static NoptMatrix PreActivation(IReadOnlyList<NoptMatrix> own, LayerPass pass) =>
        own.Count > 0 && !pass.WithoutActivation ? own[0] : default;
}
