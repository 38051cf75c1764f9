using NativeOpt.Interop;
using NativeOpt.Saving;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// Gives every column mean 0 and variance 1 over the batch, then scales and moves it: y = gamma (x - mean) / sqrt(variance + epsilon)
/// + beta (Ioffe and Szegedy 2015). Evaluate and Predict take moving averages of the statistics instead of those of the batch; so does
/// training while the layer is frozen (<see cref="Layer.Trainable"/>).
/// </summary>
/// <remarks>
/// Parameters: gamma, beta, and the state moving_mean, moving_variance, which no optimizer touches. The batch's variance is the mean
/// squared distance. Under <see cref="Convention.PyTorch"/> the moving variance follows the unbiased one, larger by rows / (rows - 1);
/// the variance of a batch of one row is 0 under both.
/// </remarks>
public sealed class BatchNormalization : Normalization
{
    private readonly Initializer _movingMeanInitializer;
    private readonly Initializer _movingVarianceInitializer;
    private ParameterRange? _movingMean;
    private ParameterRange? _movingVariance;

    /// <summary>A batch normalization layer.</summary>
    /// <param name="momentum">
    /// Keras: weight of the old moving average, .99 by default. PyTorch: weight of the new batch, .1 by default. In [0, 1].
    /// </param>
    /// <param name="epsilon">Added to the variance: 1e-3 by default, 1e-5 under PyTorch's convention. Greater than 0.</param>
    /// <param name="center">Whether there is a beta; true by default.</param>
    /// <param name="scale">Whether there is a gamma; true by default.</param>
    /// <param name="betaInitializer">First values of beta; "zeros" by default.</param>
    /// <param name="gammaInitializer">First values of gamma; "ones" by default.</param>
    /// <param name="movingMeanInitializer">First values of the moving mean; "zeros" by default.</param>
    /// <param name="movingVarianceInitializer">First values of the moving variance; "ones" by default.</param>
    /// <param name="betaRegularizer">Penalty of beta, an object or text such as "l2(0.001)"; none by default.</param>
    /// <param name="gammaRegularizer">Penalty of gamma; none by default.</param>
    /// <param name="betaConstraint">What beta is brought back to after each step; nothing by default.</param>
    /// <param name="gammaConstraint">The same for gamma.</param>
    /// <param name="convention">Whose meaning of momentum, defaults and moving variance: Keras by default.</param>
    /// <param name="name">Name of the layer; by default "batch_normalization", "batch_normalization_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">momentum or epsilon is outside its range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public BatchNormalization(
        double? momentum = null, double? epsilon = null, bool center = true, bool scale = true,
        Initializer? betaInitializer = null, Initializer? gammaInitializer = null, Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null, Regularizer? betaRegularizer = null, Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null, Constraint? gammaConstraint = null, Convention convention = Convention.Keras,
        string? name = null)
        : base(name)
    {
        bool isPyTorch = convention == Convention.PyTorch;
        Momentum = Require.Fraction(momentum ?? (isPyTorch ? 0.1 : 0.99), nameof(momentum));
        Epsilon = Require.Positive(epsilon ?? (isPyTorch ? 1e-5 : 1e-3), nameof(epsilon));
        Convention = convention;
        BetaInitializer = center ? betaInitializer ?? Initializer.Zeros : null;
        GammaInitializer = scale ? gammaInitializer ?? Initializer.Ones : null;
        (BetaRegularizer, GammaRegularizer) = (betaRegularizer, gammaRegularizer);
        (BetaConstraint, GammaConstraint) = (betaConstraint, gammaConstraint);
        _movingMeanInitializer = movingMeanInitializer ?? Initializer.Zeros;
        _movingVarianceInitializer = movingVarianceInitializer ?? Initializer.Ones;
    }

    /// <summary>Weight of the old moving average (Keras), or of the new batch (PyTorch).</summary>
    public double Momentum { get; }

    /// <summary>Whether there is a beta.</summary>
    public bool Center => BetaInitializer is not null;

    /// <summary>Whether there is a gamma.</summary>
    public bool Scale => GammaInitializer is not null;

    /// <summary>How much of the moving statistics survives a batch while they are computed anew; null in training.</summary>
    internal double? RefreshShare { get; set; }

    /// <summary>The settings, without those at their defaults.</summary>
    internal ScheduleSettings GetSettings() => GetAffineSettings()
        .With("momentum", Momentum)
        .With("moving_mean_initializer", ModelFormat.TextOf(_movingMeanInitializer, Initializer.Zeros))
        .With("moving_variance_initializer", ModelFormat.TextOf(_movingVarianceInitializer, Initializer.Ones));

    /// <inheritdoc/>
    internal override string TypeName => "batch_normalization";

    /// <inheritdoc/>
    private protected override NoptNormalization Kind => NoptNormalization.Batch;

    /// <inheritdoc/>
    internal override IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns) =>
    [
        .. base.DescribeParameters(inputColumns),
        Vector("moving_mean", inputColumns, _movingMeanInitializer, isState: true),
        Vector("moving_variance", inputColumns, _movingVarianceInitializer, isState: true),
    ];

    /// <inheritdoc/>
    internal override IReadOnlyList<BufferDescription> DescribeBuffers() => [new(InputColumns, Rows: 1), new(InputColumns, Rows: 1)];

    /// <inheritdoc/>
    internal override void Bind(IReadOnlyList<ParameterRange> parameters)
    {
        base.Bind(parameters);
        (_movingMean, _movingVariance) = (parameters[^2], parameters[^1]);
    }

    /// <inheritdoc/>
    internal override unsafe void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass)
    {
        bool isPyTorch = Convention == Convention.PyTorch;
        NoptNormalizationFlags moving = isPyTorch ? NoptNormalizationFlags.Unbiased : 0;
        NoptNormalizationForwardArgs* args = AddForward(plan, buffers, new NoptNormalizationForwardArgs
        {
            Flags = (uint)(TakesStatistics(pass) ? moving : NoptNormalizationFlags.Fixed),
            MovingMean = plan.Parameter(_movingMean),
            MovingVariance = plan.Parameter(_movingVariance),
        });
        plan.BeforeRun(_ => args->Momentum = RefreshShare ?? (isPyTorch ? 1 - Momentum : Momentum));
    }

    /// <inheritdoc/>
    internal override void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass) =>
        AddBackward(plan, buffers, pass, TakesStatistics(pass) ? 0 : NoptNormalizationFlags.Fixed);

    // A frozen layer does in training what it does in prediction.
    private bool TakesStatistics(LayerPass pass) => pass.IsTraining && !_movingMean!.IsFrozen;
}
