namespace NativeOpt.Cli.Tutorial.Gradients;

/// <summary>The networks of one illness.</summary>
/// <param name="Case">The illness.</param>
/// <param name="Patient">The network as it is.</param>
/// <param name="Cures">The same with one cure after the other.</param>
internal sealed record GradientsResult(GradientCase Case, GradientRun Patient, IReadOnlyList<GradientRun> Cures)
{
    /// <summary>The network as it is, then the cures.</summary>
    public IEnumerable<GradientRun> Runs => Cures.Prepend(Patient);
}

/// <summary>Gradients that vanish or explode on their way back through a deep network, and what helps.</summary>
/// <param name="Data">Rows and classes.</param>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="Seed">Decides first weights and orders of rows.</param>
/// <param name="Backend">What computes.</param>
internal sealed record GradientsStudy(DataSplit Data, int Epochs, long Seed, BackendKind Backend)
{
    /// <summary>Rows of a step.</summary>
    public const int BatchSize = 32;

    /// <summary>Of the optimizer.</summary>
    public const double Momentum = 0.9;

    /// <summary>Trains all networks.</summary>
    public IReadOnlyList<GradientsResult> Run(ExperimentProgress progress, CancellationToken cancellation)
    {
        progress.Plan(GradientCase.All.Sum(illness => 1 + illness.Cures.Count));
        return
        [
            .. GradientCase.All.Select(illness => new GradientsResult(
                illness, Report(illness, illness.Patient), [.. illness.Cures.Select(cure => Report(illness, cure))])),
        ];

        GradientRun Report(GradientCase illness, DeepNetwork network)
        {
            progress.Begin(network.Label);
            GradientRun run = Train(illness, network, cancellation);
            progress.Done($"{network.Label,-24} {GradientsPage.Words(run.Outcome)}");
            return run;
        }
    }

    private GradientRun Train(GradientCase illness, DeepNetwork network, CancellationToken cancellation)
    {
        var doctor = new TrainingDoctor();
        var gradients = new LayerGradients(doctor);
        using Sequential model = network.Create(Data.ClassNames.Count, Seed);
        var rule = new Sgd { LearningRate = illness.LearningRate, Momentum = Momentum, GlobalClipNorm = network.GlobalClipNorm };
        model.Compile(rule, "sparse_categorical_crossentropy", ["accuracy"], Backend);
        History history = model.Fit(Data.Train, Epochs, BatchSize, seed: Seed, callbacks: [doctor, gradients, new TerminateOnNaN()],
            cancellationToken: cancellation);
        bool isIll = doctor.Findings.Any(finding => finding.Illness == illness.Illness || finding.Illness == TrainingIllness.NonFinite);
        return new GradientRun(
            network, gradients.Layers, [.. history.Epochs.Select(epoch => epoch.Loss)], AccuracyOn(Data.Train), AccuracyOn(Data.Test),
            [.. doctor.Findings], isIll);

        double AccuracyOn(Dataset data) => model.Evaluate(data, batchSize: 256).Accuracy!.Value;
    }
}
