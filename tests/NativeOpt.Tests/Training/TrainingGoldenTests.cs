using NativeOpt.Interop;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>Whole training runs of PyTorch on digits: every batch loss, the loss after each epoch, the final weights.</summary>
public class TrainingGoldenTests
{
    // Rounding of another summation order grows over 24 steps: the runs of PyTorch itself differ between float and double by up
    // to 6e-7 in a batch loss (f32_vs_f64_batch_loss_max_diff).
    private const double FloatTolerance = 2e-6;
    private const double DoubleTolerance = 1e-12;

    // Decoupled decay comes with Keras' place for epsilon, which is up to 1 / sqrt(1 - beta2) times larger in the first steps.
    private const double EpsilonPlaceTolerance = 2e-5;

    // "loss" of the file: 0.001 * sum over weight matrices of w^2, in the loss of batches, not in that after an epoch.
    private const string PenalizedRun = "train.digits.adam_tanh_l2";
    private const double L2Factor = 0.001;

    private static readonly Dictionary<string, OptimizerRule> Rules = new()
    {
        ["train.digits.sgd"] = new Sgd { LearningRate = 0.1 },
        ["train.digits.nesterov"] =
            new Sgd { LearningRate = 0.05, Momentum = 0.9, Nesterov = true, Convention = Convention.PyTorch },
        ["train.digits.adam"] = new Adam { LearningRate = 0.01, Epsilon = 1e-8, Convention = Convention.PyTorch },
        ["train.digits.adamw"] = new Adam { LearningRate = 0.01, Epsilon = 1e-8, WeightDecay = 0.05, WeightDecayExclude = [] },
        [PenalizedRun] = new Adam { LearningRate = 0.01, Epsilon = 1e-8, Convention = Convention.PyTorch },
        ["train.digits.rmsprop"] = new RMSprop { LearningRate = 0.003, Rho = 0.9, Epsilon = 1e-8, Convention = Convention.PyTorch },
    };

    public static IEnumerable<object[]> FloatRuns =>
        from rule in Rules.Keys from backend in (IEnumerable<object[]>)TestBackends.All select new object[] { rule, backend[0] };

    public static TheoryData<string> DoubleRuns => [.. Rules.Keys];

    [SkippableTheory]
    [MemberData(nameof(FloatRuns))]
    public void Fit_InFloat_FollowsPyTorch(string name, string backend)
    {
        using var model = Build(new Sequential(), name);
        model.Compile(Rules[name], TestModels.SparseLoss, ["accuracy"], TestBackends.Open(backend));
        Run(model, GoldenFile.Load("training.json")[name], "expected.float32", Tolerance(name, FloatTolerance));
    }

    [Theory]
    [MemberData(nameof(DoubleRuns))]
    public void Fit_InDouble_FollowsPyTorch(string name)
    {
        using var model = Build(new Sequential(NoptDtype.F64), name);
        model.Compile(Rules[name], TestModels.SparseLoss, ["accuracy"], BackendKind.Managed);
        Run(model, GoldenFile.Load("training.json")[name], "expected.float64", Tolerance(name, DoubleTolerance));
    }

    private static double Tolerance(string name, double tolerance) =>
        name == "train.digits.adamw" ? Math.Max(tolerance, EpsilonPlaceTolerance) : tolerance;

    private static Sequential Build(Sequential model, string name)
    {
        bool isPenalized = name == PenalizedRun;
        Regularizer? penalty = isPenalized ? new L2(L2Factor) : null;
        model.Add(new Dense(16, isPenalized ? "tanh" : "relu", inputShape: 64, kernelRegularizer: penalty));
        model.Add(new Dense(10, "softmax", kernelRegularizer: penalty));
        model.Build(64);
        SetInitialWeights(model, "dense/kernel", layer: 0, inputs: 64, outputs: 16);
        SetInitialWeights(model, "dense_1/kernel", layer: 1, inputs: 16, outputs: 10);
        return model;
    }

    // The formula of the golden file, "model.init".
    private static void SetInitialWeights(Model model, string name, int layer, int inputs, int outputs)
    {
        double limit = Math.Sqrt(6.0 / (inputs + outputs));
        var values = new double[inputs * outputs];
        for (int i = 0; i < inputs; i++)
            for (int j = 0; j < outputs; j++)
                values[i * outputs + j] = limit * ((i * 7919 + j * 104729 + layer * 31) % 2001 - 1000) / 1000.0;
        TestModels.SetParameter(model, name, values);
    }

    private static void Run(Sequential model, GoldenCase golden, string expected, double tolerance)
    {
        InMemoryDataset data = DigitsData.Rows(0, 256);
        var batchLosses = new List<double>();
        var evaluationLosses = new List<double>();
        double sumBefore = 0;
        var recorder = new ActionCallback
        {
            EpochBegin = (_, _) => sumBefore = 0,
            BatchEnd = (_, batch, logs) =>
            {
                // The logs have the mean so far; all batches are of one size.
                double sum = logs["loss"] * (batch + 1);
                batchLosses.Add(sum - sumBefore);
                sumBefore = sum;
            },
            EpochEnd = (_, _, logs) => evaluationLosses.Add(logs["val_loss"] - PenaltyOf(model, golden)),
        };

        History history = model.Fit(
            data, epochs: 3, batchSize: 32, validationData: data, shuffle: false, callbacks: [recorder]);

        Close.AssertAll(golden.Numbers($"{expected}.batch_loss"), batchLosses, tolerance, "batch_loss");
        Close.AssertAll(golden.Numbers($"{expected}.epoch_eval_loss"), evaluationLosses, tolerance, "val_loss");
        Close.AssertAll(golden.Numbers($"{expected}.epoch_eval_accuracy"), history["val_accuracy"], 1e-6, "val_accuracy");
        Close.AssertAll(golden.Numbers($"{expected}.final_bias_last_layer"), TestModels.Parameter(model, "dense_1/bias"), tolerance, "b");
        double[] row = TestModels.Parameter(model, "dense/kernel").AsSpan(2 * 16, 16).ToArray();
        Close.AssertAll(golden.Numbers($"{expected}.final_W0_first_row"), row, tolerance, "W0[2]");
    }

    private static double PenaltyOf(Model model, GoldenCase golden) => golden.Name != PenalizedRun ? 0 : L2Factor
        * TestModels.Parameter(model, "dense/kernel").Concat(TestModels.Parameter(model, "dense_1/kernel")).Sum(w => w * w);
}
