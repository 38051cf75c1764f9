using NativeOpt.Interop;
using NativeOpt.Saving;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>What batch, layer and root-mean-square normalization have in common.</summary>
public abstract class Normalization : Layer
{
    private ParameterRange? _gamma;
    private ParameterRange? _beta;

    private protected Normalization(string? name) : base(name) { }

    /// <summary>Added to the variance before the root.</summary>
    public double Epsilon { get; private protected init; }

    /// <summary>Whose defaults and statistics the layer has.</summary>
    public Convention Convention { get; private protected init; }

    /// <summary>What the kernels call it.</summary>
    private protected abstract NoptNormalization Kind { get; }

    /// <summary>First values of gamma; null: there is none.</summary>
    private protected Initializer? GammaInitializer { get; init; }

    /// <summary>First values of beta; null: there is none.</summary>
    private protected Initializer? BetaInitializer { get; init; }

    /// <summary>Penalty of gamma, or null.</summary>
    private protected Regularizer? GammaRegularizer { get; init; }

    /// <summary>Penalty of beta, or null.</summary>
    private protected Regularizer? BetaRegularizer { get; init; }

    /// <summary>What gamma is brought back to after each step, or null.</summary>
    private protected Constraint? GammaConstraint { get; init; }

    /// <summary>What beta is brought back to after each step, or null.</summary>
    private protected Constraint? BetaConstraint { get; init; }

    /// <summary>What the framework calls the factor of each column.</summary>
    private protected virtual string GammaName => "gamma";

    /// <summary>The settings of a layer with beta and gamma that are no defaults.</summary>
    private protected ScheduleSettings GetAffineSettings() => new ScheduleSettings { ["epsilon"] = Epsilon }
        .With("center", BetaInitializer is not null, true)
        .With("scale", GammaInitializer is not null, true)
        .With("beta_initializer", ModelFormat.TextOf(BetaInitializer, Initializer.Zeros))
        .With("gamma_initializer", ModelFormat.TextOf(GammaInitializer, Initializer.Ones))
        .With("beta_regularizer", ModelFormat.TextOf(BetaRegularizer))
        .With("beta_constraint", ModelFormat.TextOf(BetaConstraint))
        .With("gamma_regularizer", ModelFormat.TextOf(GammaRegularizer))
        .With("gamma_constraint", ModelFormat.TextOf(GammaConstraint))
        .With("convention", Convention, Convention.Keras);

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns)
    {
        var parameters = new List<ParameterDescription>();
        if (GammaInitializer is not null)
            parameters.Add(Vector(GammaName, inputColumns, GammaInitializer) with
            {
                Regularizer = GammaRegularizer,
                Constraint = GammaConstraint,
            });
        if (BetaInitializer is not null)
            parameters.Add(Vector("beta", inputColumns, BetaInitializer) with
            {
                Regularizer = BetaRegularizer,
                Constraint = BetaConstraint,
            });
        return parameters;
    }

    /// <inheritdoc/>
    internal override void Bind(IReadOnlyList<ParameterRange> parameters)
    {
        _gamma = GammaInitializer is null ? null : parameters[0];
        _beta = BetaInitializer is null ? null : parameters[_gamma is null ? 0 : 1];
    }

    /// <inheritdoc/>
    internal override unsafe void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass) =>
        AddForward(plan, buffers, new NoptNormalizationForwardArgs());

    /// <inheritdoc/>
    internal override void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass) =>
        AddBackward(plan, buffers, pass, flags: 0);

    /// <summary>Appends y = (x - mean) inverse gamma + beta.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="buffers">In training, the last of the layer's own is the inverse and the one before it the mean.</param>
    /// <param name="args">What only some normalizations have: flags, momentum, moving statistics.</param>
    /// <returns>The arguments in the plan.</returns>
    private protected unsafe NoptNormalizationForwardArgs* AddForward(
        NetworkPlan plan, in ForwardBuffers buffers, NoptNormalizationForwardArgs args)
    {
        args.StructSize = (uint)sizeof(NoptNormalizationForwardArgs);
        args.Normalization = (int)Kind;
        args.Epsilon = Epsilon;
        args.X = buffers.X;
        args.Gamma = plan.Parameter(_gamma);
        args.Beta = plan.Parameter(_beta);
        args.Mean = MeanOf(buffers.Own);
        args.Inverse = buffers.Own.Count > 0 ? buffers.Own[^1] : default;
        args.Y = buffers.Y;
        NoptNormalizationForwardArgs* added = plan.Add(NoptOpKind.NormalizationForward, args);
        plan.FollowRows(&added->X);
        plan.FollowRows(&added->Y);
        if (Kind == NoptNormalization.Batch)
            return added;
        plan.FollowRows(&added->Mean);
        plan.FollowRows(&added->Inverse);
        return added;
    }

    /// <summary>Appends the gradients.</summary>
    private protected unsafe void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass, NoptNormalizationFlags flags)
    {
        NoptNormalizationBackwardArgs* args = plan.Add(NoptOpKind.NormalizationBackward, new NoptNormalizationBackwardArgs
        {
            StructSize = (uint)sizeof(NoptNormalizationBackwardArgs),
            Normalization = (int)Kind,
            Flags = (uint)(pass.Accumulate ? flags | NoptNormalizationFlags.Accumulate : flags),
            X = buffers.X,
            Gamma = plan.Parameter(_gamma),
            Mean = MeanOf(buffers.Own),
            Inverse = buffers.Own[^1],
            Dy = buffers.Dy,
            Dgamma = plan.Gradient(_gamma),
            Dbeta = plan.Gradient(_beta),
            Dx = buffers.Dx,
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Dy);
        plan.FollowRows(&args->Dx);
        if (Kind == NoptNormalization.Batch)
            return;
        plan.FollowRows(&args->Mean);
        plan.FollowRows(&args->Inverse);
    }

    /// <summary>A parameter of one number a column.</summary>
    private protected static ParameterDescription Vector(string name, int columns, Initializer initializer, bool isState = false) =>
        new(name, [columns], initializer, new Fans(columns, columns), isState);

    private static NoptMatrix MeanOf(IReadOnlyList<NoptMatrix> own) => own.Count > 1 ? own[^2] : default;
}
