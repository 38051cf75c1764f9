using NativeOpt.Doctor;

namespace NativeOpt;

/// <summary>
/// Looks at a training every few steps and says in words what is wrong with it: gradients that vanish or explode, a loss that diverges or
/// no longer falls, units that are dead or saturated, and where the first NaN or infinity was.
/// </summary>
/// <remarks>
/// Looking changes no bit of the training. Each finding is reported once for a layer. The first ten steps are looked at, then every
/// <see cref="Every"/>-th; whether numbers are finite is looked at in every step, which costs a pass over parameters and gradients.
/// Use it alone or in front of callbacks that predict or evaluate between steps: after those, activations are not there any more.
/// </remarks>
/// <example><code>var doctor = new TrainingDoctor();
/// model.Fit(x, y, epochs: 10, callbacks: [doctor]);
/// Console.WriteLine(doctor);</code></example>
public sealed class TrainingDoctor : Callback
{
    private const int FirstSteps = 10;

    private readonly List<TrainingFinding> _findings = [];
    private Patient? _patient;
    private Examination? _examination;
    private GradientFlow _flow = new();
    private LossTrend _trend = new();
    private LossPlateau _plateau = new();
    private int[] _saturatedLooks = [];
    private int _epoch;
    private bool _looks;
    private bool _isBroken;

    /// <summary>Steps from one look to the next, at least 1; 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Every { get; init => field = Require.Positive(value, nameof(Every)); } = 10;

    /// <summary>
    /// The gradient vanishes where that of the outputs of a layer is less than this share of that of the last layer's, at three looks in a
    /// row; in [0, 1], 0.003 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double VanishingLimit { get; init => field = Require.Fraction(value, nameof(VanishingLimit)); } = 0.003;

    /// <summary>The gradient explodes where it is more than so many times that; at least 1, 300 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1, NaN or infinite.</exception>
    public double ExplodingLimit { get; init => field = Require.AtLeastOne(value, nameof(ExplodingLimit)); } = 300;

    /// <summary>
    /// The training diverges where the mean loss of 20 steps is so many times that of the first ones, twice in a row, or once ten times as
    /// much; at least 1, 3 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1, NaN or infinite.</exception>
    public double DivergingLimit { get; init => field = Require.AtLeastOne(value, nameof(DivergingLimit)); } = 3;

    /// <summary>
    /// Epochs without improvement that are a plateau, as long as the loss is above a fifth of the first; at least 1, 5 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int PlateauEpochs { get; init => field = Require.Positive(value, nameof(PlateauEpochs)); } = 5;

    /// <summary>What the loss must fall by to count as better, as a share of the first epoch's; in [0, 1], 0.001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double PlateauLimit { get; init => field = Require.Fraction(value, nameof(PlateauLimit)); } = 0.001;

    /// <summary>The largest share of units that may give 0 for 256 rows in a row; in [0, 1], 0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double DeadLimit { get; init => field = Require.Fraction(value, nameof(DeadLimit)); } = 0.5;

    /// <summary>
    /// The largest share of outputs of a hidden layer that may be at the ends of their range at three looks in a row; in [0, 1], 0.75 by
    /// default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double SaturatedLimit { get; init => field = Require.Fraction(value, nameof(SaturatedLimit)); } = 0.75;

    /// <summary>Told of each finding when it is made; null by default.</summary>
    public Action<TrainingFinding>? OnFinding { get; init; }

    /// <summary>What was found in the last Fit, in the order of time.</summary>
    public IReadOnlyList<TrainingFinding> Findings => _findings;

    /// <summary>What was measured in the layers at the last look; empty before the first.</summary>
    public IReadOnlyList<LayerVitals> Layers { get; private set; } = [];

    /// <summary>Training steps of the last Fit.</summary>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public override bool ReadsGradients => true;

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        _patient = new Patient(Model);
        _examination = new Examination(_patient);
        (_flow, _trend, _plateau) = (new GradientFlow(), new LossTrend(), new LossPlateau());
        _saturatedLooks = new int[_patient.Layers.Count];
        _findings.Clear();
        (Layers, Steps, _isBroken) = ([], 0, false);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => _epoch = epoch;

    /// <inheritdoc/>
    public override void OnBatchBegin(int batch)
    {
        _looks = !_isBroken && (Steps < FirstSteps || Steps % Every == 0);
        if (_looks)
            _patient!.KeepParameters();
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(int batch, TrainingLogs logs)
    {
        Steps++;
        if (_isBroken)
            return;
        if (!double.IsFinite(_patient!.Loss) || !_patient.IsFinite())
        {
            ReportNonFinite();
            return;
        }
        if (_trend.Add(_patient.Loss, _patient.Step?.Rows ?? 0, DivergingLimit))
            Report(TrainingIllness.Diverging, null, "mean loss of 20 steps", _trend.Last, DivergingLimit * _trend.First, Advice.Diverging);
        if (_looks)
            Look();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (_isBroken || !double.IsFinite(logs["loss"]) || !_plateau.Add(logs["loss"], PlateauEpochs, PlateauLimit))
            return;
        Report(TrainingIllness.Plateau, null, $"improvement of the loss in {PlateauEpochs} epochs, as a share of the first epoch's loss",
            _plateau.Improvement, PlateauLimit, AdviceForPlateau());
    }

    /// <summary>The findings, one a line; without any "healthy: nothing found in 120 steps".</summary>
    public override string ToString() => _findings.Count == 0
        ? $"healthy: nothing found in {Steps} steps"
        : string.Join('\n', _findings);

    private void Look()
    {
        _examination!.Run();
        Layers = [.. _examination.Layers];
        bool isRising = _patient!.Loss > DivergingLimit * Math.Abs(_trend.First);
        if (_flow.Look(_examination, VanishingLimit, ExplodingLimit, isRising) is { } found)
            Report(found.Illness, found.Layer, found.Measure, found.Value, found.Limit,
                found.Illness == TrainingIllness.VanishingGradients ? Advice.Vanishing : Advice.Exploding);
        for (int layer = 0; layer < Layers.Count; layer++)
            LookAtUnits(layer);
    }

    private void LookAtUnits(int layer)
    {
        const int deadRows = 256, confirmations = 3;
        string name = Layers[layer].Layer;
        if (_examination!.DeadShare(layer, deadRows) is { } dead && dead > DeadLimit)
            Report(TrainingIllness.DeadUnits, name, $"share of units that gave 0 for {deadRows} rows", dead, DeadLimit, Advice.DeadUnits);
        // Outputs of the model are at the ends of their range when it is sure.
        bool isSaturated = layer < Layers.Count - 1 && Layers[layer].SaturatedShare > SaturatedLimit;
        _saturatedLooks[layer] = isSaturated ? _saturatedLooks[layer] + 1 : 0;
        if (_saturatedLooks[layer] == confirmations)
            Report(TrainingIllness.Saturated, name, "share of outputs at the ends of their range", Layers[layer].SaturatedShare!.Value,
                SaturatedLimit, Advice.Saturated);
    }

    private void ReportNonFinite()
    {
        _isBroken = true;
        if (_trend.IsBeyond(DivergingLimit))
            Report(TrainingIllness.Diverging, null, "mean loss of the last steps", _trend.Latest,
                DivergingLimit * _trend.First, Advice.Diverging);
        (string? layer, string what) = NonFiniteSearch.Find(_patient!) ?? (null, "the loss");
        Report(TrainingIllness.NonFinite, layer, what, double.NaN, float.MaxValue, Advice.NonFinite(layer, what));
    }

    private string AdviceForPlateau()
    {
        if (_findings.Count > 0)
            return Advice.NothingFlows;
        const double tinyUpdate = 1e-6;
        return _examination!.LargestUpdateRatio < tinyUpdate ? Advice.SmallUpdates : Advice.Plateau;
    }

    private void Report(TrainingIllness illness, string? layer, string measure, double value, double limit, string advice)
    {
        if (_findings.Exists(finding => finding.Illness == illness && finding.Layer == layer))
            return;
        var finding = new TrainingFinding(illness, layer, Steps, _epoch, measure, value, limit, advice);
        _findings.Add(finding);
        OnFinding?.Invoke(finding);
    }
}
