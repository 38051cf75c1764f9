using NativeOpt.Cli.Output;

namespace NativeOpt.Cli.Tutorial.Inputs;

/// <summary>A deep network: how large its signals are before training, and what it learns.</summary>
/// <param name="Run">Its training.</param>
/// <param name="Signals">Root of the mean square of what each hidden layer gives before training.</param>
internal sealed record DeepRun(InputsRun Run, IReadOnlyList<double> Signals);

/// <summary>A statement of the tutorials, and what became of it.</summary>
/// <param name="Words">The statement.</param>
/// <param name="Measured">The two numbers that are compared, in words.</param>
/// <param name="First">The number that should be better, for each seed.</param>
/// <param name="Second">The other.</param>
/// <param name="Verdict">From both.</param>
internal sealed record InputsStatement(string Words, string Measured, Sample First, Sample Second, Verdict Verdict);

/// <summary>Everything the experiment shows.</summary>
/// <param name="Scaling">Shallow networks with raw and with standardized inputs.</param>
/// <param name="Deep">Deep networks with standardized inputs.</param>
/// <param name="Statements">What follows from them.</param>
internal sealed record InputsResult(
    IReadOnlyList<InputsRun> Scaling, IReadOnlyList<DeepRun> Deep, IReadOnlyList<InputsStatement> Statements);

/// <summary>Raw against standardized inputs, and He's against Glorot's first weights under ReLU and tanh.</summary>
/// <param name="Samples">Rows, a quarter of them to test on.</param>
/// <param name="Epochs">Passes over the rows to learn from.</param>
/// <param name="Seeds">Each with other rows, first weights and orders.</param>
/// <param name="Backend">What computes.</param>
internal sealed record InputsStudy(int Samples, int Epochs, IReadOnlyList<int> Seeds, BackendKind Backend)
{
    /// <summary>Hidden layers of the deep networks.</summary>
    public const int Depth = 16;

    /// <summary>Those of the others.</summary>
    public const int ShallowDepth = 2;

    /// <summary>Units of each hidden layer.</summary>
    public const int Width = 48;

    /// <summary>Trains all networks.</summary>
    public InputsResult Run(ExperimentProgress progress, CancellationToken cancellation)
    {
        var trainer = new InputsTrainer(Samples, Seeds, Backend);
        progress.Plan(20);
        InputsRun[] scaling =
        [
            .. from optimizer in (string[])["SGD", "Adam"]
               from network in InputsNetwork.All(ShallowDepth, Width)
               from preparation in Enum.GetValues<Preparation>()
               select Train(network, preparation, optimizer),
        ];
        DeepRun[] deep =
        [
            .. InputsNetwork.All(Depth, Width).Select(network => new DeepRun(
                Train(network, Preparation.Standardized, "SGD"), trainer.MeasureSignals(network))),
        ];
        return new InputsResult(scaling, deep, [.. CompareScaling(scaling), .. CompareDeep(deep, "relu", "he_normal", "glorot_uniform"),
            .. CompareDeep(deep, "tanh", "glorot_uniform", "he_normal")]);

        InputsRun Train(InputsNetwork network, Preparation preparation, string optimizer)
        {
            InputsRun run = trainer.Train(network, preparation, TutorialOptimizer.Of(optimizer), Epochs, cancellation);
            progress.Done($"{run.Group.Label,-52} test accuracy {NumberText.Share(run.Accuracy.Mean)}");
            return run;
        }
    }

    private IEnumerable<InputsStatement> CompareScaling(InputsRun[] runs) => runs.GroupBy(run => run.Optimizer).Select(group => Compare(
        $"Normalize inputs, with {group.Key}", "test accuracy, standardized against raw, mean of the four networks", higherIsBetter: true,
        MeanOf(group, Preparation.Standardized), MeanOf(group, Preparation.Raw)));

    private IEnumerable<InputsStatement> CompareDeep(DeepRun[] runs, string activation, string better, string other)
    {
        string words = $"{better} for {activation}", measured = $"{Depth} layers, {Epochs} epochs, {better} against {other}";
        (InputsRun First, InputsRun Second) pair = (Find(better), Find(other));
        return
        [
            Compare(words, $"training loss, {measured}", higherIsBetter: false, pair.First.Loss, pair.Second.Loss),
            Compare(words, $"test accuracy, {measured}", higherIsBetter: true, pair.First.Accuracy, pair.Second.Accuracy),
        ];

        InputsRun Find(string initializer) =>
            runs.Single(run => run.Run.Network.Activation == activation && run.Run.Network.Initializer == initializer).Run;
    }

    private Sample MeanOf(IEnumerable<InputsRun> runs, Preparation preparation) => Sample.Over(
        Seeds.Count, seed => runs.Where(run => run.Preparation == preparation).Average(run => run.Accuracy.Values[seed]));

    // What is not finite is never better.
    private static InputsStatement Compare(string words, string measured, bool higherIsBetter, Sample first, Sample second)
    {
        int sign = higherIsBetter ? 1 : -1;
        int holds = first.Values.Zip(second.Values).Count(pair =>
            double.IsFinite(pair.First) && !(sign * pair.First <= sign * pair.Second));
        int fails = first.Values.Zip(second.Values).Count(pair =>
            double.IsFinite(pair.Second) && !(sign * pair.First >= sign * pair.Second));
        return new InputsStatement(words, measured, first, second, Verdicts.Of(holds, fails, first.Values.Count));
    }
}
