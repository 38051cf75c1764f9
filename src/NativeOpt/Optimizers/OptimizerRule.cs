using NativeOpt.Interop;
using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// The settings of an optimizer: an immutable description that can be shared, compared and printed. An <see cref="Optimizer"/>
/// pairs it with the state that a run of steps builds up.
/// </summary>
/// <remarks>
/// Names and defaults are those of Keras 3 under either <see cref="NativeOpt.Convention"/>. Every step does, in this order: divide
/// the gradients by <see cref="LossScaleFactor"/>, accumulate them (<see cref="GradientAccumulationSteps"/>), see whether they are
/// finite (<see cref="NonFinite"/>), centralize them (<see cref="CentralizeGradients"/>), limit them (<see cref="ClipValue"/>,
/// <see cref="ClipNorm"/>, <see cref="GlobalClipNorm"/> or <see cref="AdaptiveClip"/>), turn them around
/// (<see cref="Maximize"/>), apply <see cref="WeightDecay"/>, then the rule itself.
/// </remarks>
public abstract partial record OptimizerRule
{
    private double _weightDecay;

    /// <summary>Rules of your own derive from <see cref="CustomRule"/>.</summary>
    private protected OptimizerRule(double learningRate) => LearningRate = learningRate;

    /// <summary>What <see cref="FromName"/> calls the rule: "sgd", "rmsprop", "adam".</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Step size, a number or a <see cref="Schedule"/>; finite and not negative. The default is the rule's own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number, or the schedule's first value, is negative, NaN or infinite.</exception>
    public ScheduledValue LearningRate
    {
        get;
        init
        {
            Require.NotNegative(value.InitialValue, nameof(LearningRate));
            field = value;
        }
    }

    /// <summary>
    /// Weight decay, 0 by default. Keras: decoupled, w is multiplied by 1 - LearningRate * WeightDecay before the rule
    /// (Loshchilov &amp; Hutter 2019). PyTorch: coupled, WeightDecay * w is added to the gradient, unless the rule says otherwise.
    /// In models it leaves biases and the scales and shifts of normalization alone; see <see cref="WeightDecayExclude"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double WeightDecay { get => _weightDecay; init => _weightDecay = Require.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Climb instead of descend: the gradient is negated after clipping; false by default.</summary>
    public bool Maximize { get; init; }

    /// <summary>Whose arithmetic is followed where the frameworks differ; Keras by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public Convention Convention
    {
        get;
        init => field = value is Convention.Keras or Convention.PyTorch ? value
            : throw new ArgumentOutOfRangeException(nameof(Convention), $"Convention is {value}; it must be Keras or PyTorch.");
    }

    /// <summary>
    /// How exactly the rule divides; <see cref="NativeOpt.MathMode.Exact"/> by default. The managed backend, rules of matrices and rules of
    /// your own compute exactly whatever it says.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public MathMode MathMode
    {
        get;
        init => field = value is MathMode.Exact or MathMode.Fast ? value
            : throw new ArgumentOutOfRangeException(nameof(MathMode), $"MathMode is {value}; it must be Exact or Fast.");
    }

    /// <summary>Name of the kernel, on both backends.</summary>
    internal abstract string KernelName { get; }

    /// <summary>Variant bits of the kernel.</summary>
    internal virtual uint Variant => 0;

    /// <summary>Whether <see cref="WeightDecay"/> shrinks the weights instead of entering the gradient.</summary>
    internal virtual bool DecouplesWeightDecay => Convention == Convention.Keras;

    /// <summary>Whether the kernel itself applies <see cref="WeightDecay"/>.</summary>
    internal virtual bool KernelDecaysWeights => false;

    /// <summary>The same rule with another learning rate.</summary>
    internal virtual OptimizerRule WithLearningRate(ScheduledValue learningRate) => this with { LearningRate = learningRate };

    /// <summary>Whether the constraints of parameters hold for the weights that a step leaves.</summary>
    internal virtual bool ObeysConstraints => true;

    /// <summary>Refuses settings that are fine one by one but contradict each other.</summary>
    /// <exception cref="ArgumentException">They do.</exception>
    internal virtual void Validate() { }

    /// <summary>Why the learning rate cannot follow a schedule; null where it can.</summary>
    internal virtual string? ReasonAgainstSchedule => null;

    /// <summary>Refuses a learning rate that follows a schedule where the rule has no use for one.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    internal void RefuseSchedule(ScheduledValue learningRate, string parameterName = nameof(LearningRate))
    {
        if (learningRate.Schedule is not null && ReasonAgainstSchedule is { } reason)
            throw new ArgumentException($"LearningRate of {Name} follows {learningRate.Schedule}; it must be a number, because {reason}.",
                parameterName);
    }

    /// <summary>
    /// Writes the kernel's scalars of step number <paramref name="step"/> (from 1), in double. The learning rate is an argument
    /// because an <see cref="Optimizer"/> may have changed it since the rule was written.
    /// </summary>
    internal abstract void WriteScalars(long step, double learningRate, Span<double> scalars);

    /// <summary>What the elements of a slot start at; 0 unless the rule says otherwise.</summary>
    internal virtual double InitialSlotValue(string slot) => 0;

    /// <summary>Whether a slot starts as a copy of the weights, taken right before the first step.</summary>
    internal virtual bool SlotStartsAsWeights(string slot) => false;

    /// <summary>Numbers the rule keeps from step to step for all parameters together: names and first values. Mostly none.</summary>
    internal virtual IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => [];

    /// <summary>
    /// Finishes the row that <see cref="WriteScalars"/> began with the scalars that depend on <see cref="KeptNumbers"/>.
    /// </summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="learningRate">The learning rate in force.</param>
    /// <param name="kept">The kept numbers as the step before left them.</param>
    /// <param name="scalars">The row.</param>
    internal virtual void WriteKeptScalars(long step, double learningRate, ReadOnlySpan<double> kept, Span<double> scalars) { }

    /// <summary>Moves the kept numbers on once step number <paramref name="step"/> is complete.</summary>
    internal virtual void AdvanceKeptNumbers(long step, double learningRate, Span<double> kept) { }

    /// <summary>Makes what keeps the slots and updates parameters; elementwise rules need nothing but the common one.</summary>
    /// <param name="rows">The parameters, in one piece of memory; the block disposes it.</param>
    internal virtual UpdateBlock CreateBlock(StepRows rows) => new StepBlock(this, rows);

    /// <summary>Whether each parameter needs a row of its own, for numbers that differ from parameter to parameter.</summary>
    internal virtual bool NeedsRowPerParameter => false;

    /// <summary>
    /// How many sums over all elements the rule measures before it updates anything (<see cref="UpdateBlock.AddMeasurement"/>);
    /// mostly none, and a step is then one pass.
    /// </summary>
    internal virtual int MeasuredCount => 0;

    /// <summary>Draws conclusions from what was measured, before scalars are written for the update.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="learningRate">The learning rate in force.</param>
    /// <param name="measured">The sums, over all parameters of the rule.</param>
    /// <param name="kept">The kept numbers; what is written there is seen by <see cref="WriteKeptScalars"/>.</param>
    internal virtual void UseMeasured(long step, double learningRate, ReadOnlySpan<double> measured, Span<double> kept) { }

    /// <summary>How many rules the parameters go to: this one alone, or those it hands some of them to.</summary>
    internal virtual int ShareCount => 1;

    /// <summary>The rules that the parameters go to, for one optimizer, which asks once.</summary>
    internal virtual RuleShare[] CreateShares() => [new RuleShare(string.Empty, this)];

    /// <summary>Which of the rules a parameter goes to.</summary>
    /// <exception cref="ArgumentException">None of them.</exception>
    internal virtual int ShareOf(string parameter, IReadOnlyList<int> shape) => 0;

    /// <summary>The learning rate of one of the rules.</summary>
    /// <param name="share">Which one.</param>
    /// <param name="learningRate">The learning rate of the optimizer.</param>
    /// <param name="completedSteps">What schedules count.</param>
    internal virtual double RateOf(int share, double learningRate, long completedSteps) => learningRate;

    /// <summary>The part of the weights that a step takes away where the weight decay is decoupled.</summary>
    internal virtual double DecayOf(double learningRate) => learningRate * WeightDecay;

    /// <summary>Writes the scalars of a row.</summary>
    /// <param name="decays">Whether the weights of the row are decayed.</param>
    /// <param name="numbers">The step.</param>
    /// <param name="scalars">The row.</param>
    internal void WriteRow(bool decays, in StepNumbers numbers, Span<double> scalars)
    {
        double decay = _weightDecay;
        // The rule belongs to one optimizer, which writes scheduled settings into it as well.
        _weightDecay = decays ? decay : 0;
        try
        {
            WriteScalars(numbers.Step, numbers.LearningRate, scalars);
            WriteKeptScalars(numbers.Step, numbers.LearningRate, numbers.Kept, scalars);
        }
        finally
        {
            _weightDecay = decay;
        }
    }

    /// <summary>What happens to gradients and weights before the kernel's own arithmetic, without what clips gradients.</summary>
    internal virtual NoptPrologue CreatePrologue(double learningRate, bool decays = true)
    {
        bool coupled = !DecouplesWeightDecay;
        double decay = decays && !KernelDecaysWeights ? WeightDecay : 0;
        return new NoptPrologue
        {
            GradientScale = 1,
            WeightDecay = coupled ? decay : 0,
            WeightFactor = coupled || KernelDecaysWeights || !decays ? 1 : 1 - DecayOf(learningRate),
        };
    }
}
