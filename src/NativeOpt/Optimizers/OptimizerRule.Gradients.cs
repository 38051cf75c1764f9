using NativeOpt.Optimizers;
using NativeOpt.Schedules;
using NativeOpt.Text;

namespace NativeOpt;

// What happens to gradients before the rule sees them; Optimizer.Pipeline.cs has the order.
public abstract partial record OptimizerRule
{
    /// <summary>
    /// Parameters of a model that are not decayed unless <see cref="WeightDecayExclude"/> says otherwise: "*/bias", "*/gamma" and
    /// "*/beta".
    /// </summary>
    public static IReadOnlyList<string> DefaultWeightDecayExclude { get; } = new ValueList<string>(["*/bias", "*/gamma", "*/beta"]);

    /// <summary>
    /// Gradient centralization (Yong et al. 2020, https://arxiv.org/abs/2004.01461): from the gradient of each parameter with at least two
    /// sizes the means over all sizes but the last are taken away, so that the gradients of what leads to one output (a column of a kernel
    /// [in, out]) add up to 0. False by default. It comes before limits, and takes the gradients of penalties along, those of a coupled
    /// weight decay not. Tables of an <see cref="Embedding"/> are left alone: their gradients are those of some rows. The gradients of a
    /// model are changed in place.
    /// </summary>
    public bool CentralizeGradients { get; init; }

    /// <summary>Each gradient element is limited to [-value, value]; null (default): no limit. Keras' clipvalue.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? ClipValue { get; init => field = Require.PositiveOrNull(value, nameof(ClipValue)); }

    /// <summary>
    /// The gradient of each parameter is scaled down to this norm where its norm is larger; null (default): no limit. Keras' clipnorm.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? ClipNorm { get; init => field = Require.PositiveOrNull(value, nameof(ClipNorm)); }

    /// <summary>
    /// The gradients of all parameters are scaled down by one factor where their common norm n is larger than this limit c; null
    /// (default): no limit. Keras' global_clipnorm; under <see cref="Convention.PyTorch"/> the factor is that of its clip_grad_norm_,
    /// min(1, c/(n + 1e-6)) instead of c/max(n, c).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? GlobalClipNorm { get; init => field = Require.PositiveOrNull(value, nameof(GlobalClipNorm)); }

    /// <summary>
    /// The p of the norms (sum |g|^p)^(1/p) of <see cref="ClipNorm"/> and <see cref="GlobalClipNorm"/>: greater than 0 and at most 100, 2
    /// by default; infinity is the largest |g|.
    /// </summary>
    /// <remarks>
    /// The sum is in double precision, which holds it for all gradients up to p = 8. Beyond that it is 0 where all |g| are below
    /// 1e-308^(1/p), and nothing is clipped, and infinite where one is above 1e308^(1/p), and nothing is updated: with p = 30, below 5e-11
    /// and above 1.8e10. A limit that is less than 1.2e-38 of the norm makes gradients 0 as well.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than 100 and not infinite.</exception>
    public double ClipNormOrder { get; init => field = Require.Order(value, nameof(ClipNormOrder)); } = 2;

    /// <summary>
    /// Adaptive clipping (Brock et al. 2021, https://arxiv.org/abs/2102.06171): where the gradient of a unit has a larger norm than
    /// this times the norm of its weights, it is scaled down to that; null (default): no limit. A unit is what leads to one output (a
    /// column of a kernel [in, out]), or a whole vector. The gradients of a model are changed in place.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? AdaptiveClip { get; init => field = Require.PositiveOrNull(value, nameof(AdaptiveClip)); }

    /// <summary>Smallest norm of weights that <see cref="AdaptiveClip"/> reckons with; finite and not negative, 0.001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double AdaptiveClipEpsilon { get; init => field = Require.NotNegative(value, nameof(AdaptiveClipEpsilon)); } = 1e-3;

    /// <summary>
    /// So many steps make one update, with the mean of their gradients; null (default): each step is an update. At least 1, which serves
    /// to put it on a schedule. Weight decay and the number of the step (for bias corrections) go by updates.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? GradientAccumulationSteps
    {
        get;
        init => field = value is { } steps ? Require.Positive(steps, nameof(GradientAccumulationSteps)) : null;
    }

    /// <summary>Accumulated gradients are added up, as loops written for PyTorch do, instead of averaged (false, default).</summary>
    public bool SumAccumulatedGradients { get; init; }

    /// <summary>
    /// Whether schedules go by steps (true) or by updates (false) where gradients accumulate; null (default): as Keras' do, by steps,
    /// unless the convention is PyTorch's. The schedule of <see cref="GradientAccumulationSteps"/> itself goes by updates.
    /// </summary>
    public bool? ScheduleMicroSteps { get; init; }

    /// <summary>
    /// Whether Fit makes an update of what has accumulated at the end of an epoch; false (default, as Keras): it is carried over.
    /// </summary>
    public bool FlushAccumulatedGradients { get; init; }

    /// <summary>Gradients are divided by it, because the loss was multiplied by it; null (default): they are taken as they are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double? LossScaleFactor { get; init => field = Require.PositiveOrNull(value, nameof(LossScaleFactor)); }

    /// <summary>
    /// What is done about gradients that are infinite or NaN; nothing by default. It looks at them as they arrive: an infinity that
    /// <see cref="LossScaleFactor"/> or accumulation makes of finite ones (above 3.4e38) is not seen.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public NonFiniteGradients NonFinite
    {
        get;
        init => field = Enum.IsDefined(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(NonFinite), $"NonFinite is {value}; it must be Propagate, Error, Skip or Zero.");
    }

    /// <summary>
    /// Under <see cref="NonFiniteGradients.Skip"/>: so many steps in a row may be skipped, the next fails with a
    /// <see cref="NotFiniteNumberException"/>; null (default): any number. At least 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxSkippedSteps
    {
        get;
        init => field = value is { } steps ? Require.Positive(steps, nameof(MaxSkippedSteps)) : null;
    }

    /// <summary>
    /// Names of parameters that <see cref="WeightDecay"/> leaves alone, with * for any characters and ? for one. Null (default): in
    /// models <see cref="DefaultWeightDecayExclude"/>, of the caller's own arrays none. An empty list decays everything, as Keras and
    /// PyTorch do by default.
    /// </summary>
    /// <exception cref="ArgumentException">A pattern is empty.</exception>
    public IReadOnlyList<string>? WeightDecayExclude
    {
        get;
        init
        {
            foreach (string pattern in value ?? [])
                ArgumentException.ThrowIfNullOrWhiteSpace(pattern, nameof(WeightDecayExclude));
            field = value is null ? null : new ValueList<string>(value);
        }
    }

    /// <summary>How this rule limits gradients.</summary>
    internal Clipping ClipSettings => Clipping.Of(this);

    /// <summary>Whether <see cref="WeightDecay"/> applies to a parameter.</summary>
    internal virtual bool DecaysParameter(string name, bool ofModel)
    {
        foreach (string pattern in WeightDecayExclude ?? (ofModel ? DefaultWeightDecayExclude : []))
            if (NamePattern.Matches(pattern, name))
                return false;
        return true;
    }

    /// <summary>Refuses settings that are fine one by one but contradict each other.</summary>
    /// <exception cref="ArgumentException">They do.</exception>
    internal void ValidateAll()
    {
        if (CountClippings() > 1)
            throw new ArgumentException(
                $"{NameClippings()} are set; gradients are clipped in one way only, because the order would matter.");
        if (MaxSkippedSteps is { } skips && NonFinite != NonFiniteGradients.Skip)
            throw new ArgumentException(
                $"MaxSkippedSteps is {skips} and NonFinite is {NonFinite}; it is for NonFinite = Skip.", nameof(MaxSkippedSteps));
        if (EmaOverwriteFrequency is { } frequency && !UseEma)
            throw new ArgumentException(
                $"EmaOverwriteFrequency is {frequency} and UseEma is false; there is no average to overwrite the weights with.",
                nameof(EmaOverwriteFrequency));
        Validate();
    }

    private int CountClippings() =>
        (ClipValue is null ? 0 : 1) + (ClipNorm is null ? 0 : 1) + (GlobalClipNorm is null ? 0 : 1) + (AdaptiveClip is null ? 0 : 1);

    private string NameClippings() => string.Join(" and ", new[]
    {
        ClipValue is null ? null : nameof(ClipValue), ClipNorm is null ? null : nameof(ClipNorm),
        GlobalClipNorm is null ? null : nameof(GlobalClipNorm), AdaptiveClip is null ? null : nameof(AdaptiveClip),
    }.OfType<string>());
}
