using NativeOpt.Backends;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Files;

/// <summary>A training that was saved, loaded and continued gives the bits of one that was never interrupted.</summary>
public class CheckpointTests
{
    private const int Epochs = 4, Half = 2;

    private static readonly float[,] X = TestModels.Waves(30, 6);
    private static readonly float[,] Y = TestModels.Waves(30, 2, phase: 1);

    private static readonly string[] Variations =
    [
        "adam(use_ema=true, ema_momentum=0.9)", "sgd(momentum=0.9, gradient_accumulation_steps=4)", "adam(clip_norm=0.5, weight_decay=0.01)",
        "adam(learning_rate=cosine_decay(initial_learning_rate=0.01, decay_steps=50))", "nadam(convention=pytorch)",
        "sam(inner=adam(gradient_accumulation_steps=3, use_ema=true), rho=0.5, adaptive=true)",
        "schedule_free_sgd(use_ema=true)", "adagrad(convention=pytorch, lr_decay=0.1)", "rmsprop(centered=true, momentum=0.5)",
    ];

    public static TheoryData<string> Rules =>
        [.. OptimizerRule.KnownNames.Where(name => !name.StartsWith("own_", StringComparison.Ordinal)), .. Variations];

    [Fact]
    public void Load_BringsNotesBack()
    {
        using var folder = new TemporaryFolder();
        using var model = new Sequential(seed: 1) { new Dense(2, inputShape: 3) };
        model.Compile("sgd", "mse");
        model.Build(3);
        model.Notes["classes"] = "setosa, \"virginica\"\n\u00e4";
        model.Notes["empty"] = "";

        model.Save(folder["a"]);
        using Sequential loaded = Sequential.Load(folder["a"]);

        Assert.Equal(model.Notes, loaded.Notes);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Load_OfEveryOptimizer_GoesOnToTheLastBit(string rule)
    {
        using Sequential whole = Compiled(rule), first = Compiled(rule);
        using var folder = new TemporaryFolder();

        History all = whole.Fit(X, Y, Epochs, batchSize: 8);
        first.Fit(X, Y, Epochs, batchSize: 8, callbacks: [SaveAfter(Half, folder["a"])]);
        using Sequential second = Sequential.Load(folder["a"], BackendKind.Managed);
        History rest = second.Fit(X, Y, Epochs - Half, batchSize: 8);

        Assert.Equal(all["loss"].Skip(Half), rest["loss"]);
        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(second));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Restore_OnEveryBackend_GoesOnToTheLastBit(string backend)
    {
        using Sequential whole = Compiled("adam", TestBackends.Open(backend)), second = Compiled("adam", TestBackends.Open(backend));
        using var folder = new TemporaryFolder();

        History all = whole.Fit(X, Y, Epochs, batchSize: 8, callbacks: [SaveAfter(Half, folder["a"], withModel: false)]);
        second.Fit(X, Y);
        second.Restore(folder["a"]);
        History rest = second.Fit(X, Y, Epochs - Half, batchSize: 8);

        Assert.Equal(all["loss"].Skip(Half), rest["loss"]);
        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(second));
    }

    [Fact]
    public void Load_GivesTheCallbacksOfTheNextFitTheirStates()
    {
        using Sequential whole = Compiled("sgd(learning_rate=0.5)"), first = Compiled("sgd(learning_rate=0.5)");
        using var folder = new TemporaryFolder();
        const int epochs = 12, half = 5;

        History all = whole.Fit(X, Y, epochs, batchSize: 8, validationSplit: 0.3, callbacks: Callbacks());
        first.Fit(X, Y, half, batchSize: 8, validationSplit: 0.3, callbacks: [.. Callbacks(), SaveAfter(half, folder["a"])]);
        using Sequential second = Sequential.Load(folder["a"], BackendKind.Managed);
        History rest = second.Fit(X, Y, epochs - half, batchSize: 8, validationSplit: 0.3, callbacks: Callbacks());

        Assert.InRange(all.Epochs.Count, half + 1, epochs - 1);
        Assert.Equal(all["val_loss"].Skip(half), rest["val_loss"]);
        Assert.Equal(TestModels.Parameters(whole), TestModels.Parameters(second));

        static Callback[] Callbacks() =>
        [
            new EarlyStopping { Patience = 6, RestoreBestWeights = true, MinDelta = 1 },
            new ReduceLROnPlateau { Patience = 2, Factor = 0.5 },
        ];
    }

    [Fact]
    public void Load_OfAFittedModel_PredictsTheSame()
    {
        using Sequential model = Compiled("adam");
        using var folder = new TemporaryFolder();
        model.Fit(X, Y, epochs: 3);

        model.Save(folder["a"]);
        using Sequential loaded = Sequential.Load(folder["a"], BackendKind.Managed);

        Assert.Equal(model.Predict(X), loaded.Predict(X));
        Assert.Equal(3, loaded.EpochsTrained);
        Assert.Equal(model.Optimizer!.StepCount, loaded.Optimizer!.StepCount);
    }

    [Fact]
    public void Save_OfAModelThatWasNotCompiled_Loads()
    {
        using var model = new Sequential(3) { new Dense(2, inputShape: 6) };
        using var folder = new TemporaryFolder();
        model.Build(6);

        model.Save(folder["a"]);
        using Sequential loaded = Sequential.Load(folder["a"]);

        Assert.Equal(model.Predict(X), loaded.Predict(X));
        Assert.Null(loaded.Optimizer);
    }

    [Fact]
    public void Save_BeforeTheFirstStep_KeepsSlotsThatStartAsTheWeights()
    {
        using Sequential model = Compiled("madgrad"), other = Compiled("madgrad");
        using var folder = new TemporaryFolder();

        model.Save(folder["a"]);
        using Sequential loaded = Sequential.Load(folder["a"], BackendKind.Managed);
        loaded.Fit(X, Y);
        other.Fit(X, Y);

        Assert.Equal(TestModels.Parameters(other), TestModels.Parameters(loaded));
    }

    [Fact]
    public void LoadWeights_OfACheckpoint_TakesTheWeightsAlone()
    {
        using Sequential model = Compiled("adam"), other = Compiled("sgd");
        using var folder = new TemporaryFolder();
        model.Fit(X, Y);

        model.Save(folder["a.safetensors"]);
        other.LoadWeights(folder["a.safetensors"]);

        Assert.Equal(TestModels.Parameters(model), TestModels.Parameters(other));
        Assert.Equal(0, other.Optimizer!.StepCount);
    }

    [Fact]
    public void Restore_OfAnotherOptimizerOrModel_ChangesNothingAndSaysWhat()
    {
        using Sequential model = Compiled("adam"), other = Compiled("sgd");
        using var wider = new Sequential(3) { new Dense(5, inputShape: 6), new Dense(2) };
        using var folder = new TemporaryFolder();
        model.Fit(X, Y);
        model.Save(folder["a"]);
        double[] before = TestModels.Parameters(other);

        Refuses(other, "no slot 'm' of 'dense/kernel'");
        Refuses(wider, "the model has no 'batch_normalization/gamma'");
        Assert.Equal(before, TestModels.Parameters(other));

        void Refuses(Sequential target, string problem) => Assert.Contains(
            problem, Assert.Throws<InvalidDataException>(() => target.Restore(folder["a"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfADamagedFile_Refuses()
    {
        using Sequential model = Compiled("adam");
        using var folder = new TemporaryFolder();
        model.Save(folder["a"]);
        byte[] whole = File.ReadAllBytes(folder["a"]);

        for (int i = 0; i < whole.Length; i += 7)
        {
            byte[] changed = (byte[])whole.Clone();
            changed[i] ^= 0x10;
            File.WriteAllBytes(folder["b"], changed);
            Assert.Throws<InvalidDataException>(() => Sequential.Load(folder["b"]));
        }
    }

    [Fact]
    public void Load_OfWeightsOrOfAnotherVersion_SaysSo()
    {
        using Sequential model = Compiled("adam");
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder["a.safetensors"]);
        SafetensorsFile.Write(folder["b"], [], new Dictionary<string, string> { ["format"] = "nativeopt-checkpoint/9" });

        Assert.Contains("weights only", Assert.Throws<InvalidDataException>(() => Sequential.Load(folder["a.safetensors"])).Message, StringComparison.Ordinal);
        Assert.Contains("nativeopt-checkpoint/9", Assert.Throws<InvalidDataException>(() => Sequential.Load(folder["b"])).Message, StringComparison.Ordinal);
    }

    private static Sequential Compiled(string rule, IBackend? backend = null)
    {
        var model = new Sequential(7)
        {
            new Dense(5, "tanh", inputShape: 6), new BatchNormalization(), new Dropout(0.3), new Dense(2),
        };
        model.Compile(OptimizerRule.Parse(rule), "mse", null, backend ?? TestBackends.Open("managed"));
        return model;
    }

    private static ActionCallback SaveAfter(int epochs, string path, bool withModel = true) => new()
    {
        EpochEnd = (model, epoch, _) =>
        {
            if (epoch + 1 == epochs && withModel)
                model.Save(path);
            else if (epoch + 1 == epochs)
                model.SaveTraining(path);
        },
    };
}
