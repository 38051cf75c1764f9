using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Files;

/// <summary>A training that PyTorch or Keras has begun goes on here.</summary>
public sealed class ForeignStateTests : IDisposable
{
    private const float Tolerance = 2e-6f;

    private static readonly Dictionary<string, OptimizerRule> TorchRules = new()
    {
        ["momentum"] = new Sgd { LearningRate = 0.1, Momentum = 0.9, Dampening = 0.2, Convention = Convention.PyTorch },
        ["nesterov"] = new Sgd { LearningRate = 0.1, Momentum = 0.9, Nesterov = true, Convention = Convention.PyTorch },
        ["adam"] = new Adam { LearningRate = 0.02, Epsilon = 1e-8, Convention = Convention.PyTorch },
        ["amsgrad"] = new Adam { LearningRate = 0.02, Epsilon = 1e-8, AmsGrad = true, Convention = Convention.PyTorch },
        ["adamw"] = new AdamW
        {
            LearningRate = 0.02, Epsilon = 1e-8, WeightDecay = 0.1, WeightDecayExclude = [], Convention = Convention.PyTorch,
        },
        ["nadam"] = new Nadam
        {
            LearningRate = 0.02, Beta1 = 0.9, Epsilon = 1e-8, MomentumDecay = 0.004, Convention = Convention.PyTorch,
        },
        ["radam"] = new RAdam { LearningRate = 0.02, Convention = Convention.PyTorch },
        ["adamax"] = new Adamax { LearningRate = 0.02, Epsilon = 1e-8, Convention = Convention.PyTorch },
        ["adagrad"] = new Adagrad
        {
            LearningRate = 0.1, LearningRateDecay = 0.1, Epsilon = 1e-10, InitialAccumulatorValue = 0, Convention = Convention.PyTorch,
        },
        ["adadelta"] = new Adadelta { LearningRate = 1, Rho = 0.9, Epsilon = 1e-6, Convention = Convention.PyTorch },
        ["rmsprop"] = new RMSprop
        {
            LearningRate = 0.01, Rho = 0.99, Epsilon = 1e-8, Momentum = 0.5, Centered = true, Convention = Convention.PyTorch,
        },
        ["rprop"] = new Rprop { LearningRate = 0.01, Convention = Convention.PyTorch },
        ["asgd"] = new Asgd { LearningRate = 0.1, Lambda = 0.1, T0 = 2, Convention = Convention.PyTorch },
    };

    // Theirs, ours: as Keras 3 names the variables of its optimizers.
    private static readonly Dictionary<string, (string Theirs, string Ours)[]> KerasSlots = new()
    {
        ["sgd(momentum=0.9)"] = [("momentum", "v")],
        ["adam(amsgrad=true)"] = [("momentum", "m"), ("velocity", "v"), ("velocity_hat", "vhat")],
        ["adamw"] = [("momentum", "m"), ("velocity", "v")],
        ["nadam"] = [("momentum", "m"), ("velocity", "v")],
        ["lamb"] = [("momentum", "m"), ("velocity", "v")],
        ["lion"] = [("momentum", "m")],
        ["adamax"] = [("momentum", "m"), ("norm", "u")],
        ["adagrad"] = [("accumulator", "v")],
        ["adadelta"] = [("accumulated_grad", "v"), ("accumulated_delta_var", "x")],
        ["rmsprop(momentum=0.5, centered=true)"] = [("velocity", "v"), ("average_gradient", "m"), ("momentum", "b")],
        ["ftrl"] = [("accumulator", "n"), ("linear", "z")],
        ["adam(use_ema=true)"] = [("average", "average"), ("momentum", "m"), ("velocity", "v")],
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> TorchNames => [.. TorchRules.Keys];

    public static TheoryData<string> KerasRules => [.. KerasSlots.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(TorchNames))]
    public void AStateOfPyTorch_GoesOnAsItWouldThere(string name)
    {
        IReadOnlyList<StoredTensor> file = ReadTorch(name);
        using Sequential model = CreateModel(TorchRules[name]);
        model.LoadWeights(Write("before.safetensors", With(file, "before.", "")));

        model.LoadOptimizerState(Write("state.safetensors", With(file, "state.", "state.")));
        Train(model, file, steps: 5);

        using Sequential expected = CreateModel(TorchRules[name]);
        expected.LoadWeights(Write("after.safetensors", With(file, "after.", "")));
        foreach ((float[,] wanted, float[,] found) in expected.GetWeights().Zip(model.GetWeights()))
            foreach ((float want, float have) in wanted.Cast<float>().Zip(found.Cast<float>()))
                Assert.True(Math.Abs(want - have) <= Tolerance * Math.Max(1, Math.Abs(want)), $"{want} and {have}");
        Assert.Equal(name is "momentum" or "nesterov" ? 6 : 10, model.Optimizer!.StepCount);
    }

    [Theory]
    [MemberData(nameof(KerasRules))]
    public void AStateOfKeras_GoesOnToTheLastBit(string rule)
    {
        IReadOnlyList<StoredTensor> data = ReadTorch("adam");
        using Sequential model = CreateModel(OptimizerRule.Parse(rule)), other = CreateModel(OptimizerRule.Parse(rule));
        Train(model, data, steps: 5);
        model.SaveWeights(_folder["weights.npz"]);
        NpzFile.Write(_folder["state.npz"], KerasState(model, KerasSlots[rule]));

        other.LoadWeights(_folder["weights.npz"]);
        other.LoadOptimizerState(_folder["state.npz"]);
        Train(model, data, steps: 5);
        Train(other, data, steps: 5);

        Assert.Equal(TestModels.Parameters(model), TestModels.Parameters(other));
        Assert.Equal(10, other.Optimizer!.StepCount);
    }

    [Fact]
    public void AFrozenLayer_HasNoStateThere()
    {
        IReadOnlyList<StoredTensor> file = ReadTorch("adam");
        using Sequential model = CreateModel(OptimizerRule.Parse("adam(convention=pytorch)"), model => model.Layers[0].Trainable = false);

        model.LoadOptimizerState(Write("state.safetensors",
        [
            .. With(file, "state.2.", "state.0."), .. With(file, "state.3.", "state.1."),
        ]));

        Assert.Equal(
            file.Single(tensor => tensor.Name == "state.3.exp_avg").ToSingles(), model.Optimizer!.State.GetSlot("dense_1/bias", "m"));
    }

    [Fact]
    public void AStateThatDoesNotFit_ChangesNothingAndSaysWhat()
    {
        StoredTensor[] state = With(ReadTorch("adam"), "state.", "state.");
        using Sequential model = CreateModel(new Adam { Convention = Convention.PyTorch });
        Train(model, ReadTorch("adam"), steps: 1);
        float[] before = model.Optimizer!.State.GetSlot("dense/kernel", "m");

        Refuses("there is no 'exp_avg' of parameter 1, 'dense/bias', which adam needs", [.. state.Where(tensor => tensor.Name != "state.1.exp_avg")]);
        Refuses("the optimizer has nothing for 'state.0.max_exp_avg_sq'", [.. state, Rename(state[1], "state.0.max_exp_avg_sq")]);
        Refuses("shape [4, 3]; 'dense/kernel' of the model takes [3, 4]",
            [.. state.Where(tensor => tensor.Name != "state.0.exp_avg"), StoredTensor.FromSingles("state.0.exp_avg", new float[12], 4, 3)]);
        Refuses("'state.1.step' is 7, while other parameters have made 5 steps",
            [.. state.Where(tensor => tensor.Name != "state.1.step"), StoredTensor.FromSingles("state.1.step", [7])]);
        Refuses("'state.0.step' is -1; it must be a number of steps", [StoredTensor.FromSingles("state.0.step", [-1])]);
        Refuses("'dense.weight' is no state of an optimizer", [StoredTensor.FromSingles("dense.weight", [1])]);
        Refuses("the state is that of Keras, and the rule adam has Convention.PyTorch; give it Convention.Keras",
            [StoredTensor.FromSingles("adam/dense_kernel_momentum", new float[12], 4, 3)]);
        Assert.Equal(before, model.Optimizer.State.GetSlot("dense/kernel", "m"));
        Assert.Equal(1, model.Optimizer.StepCount);

        void Refuses(string problem, StoredTensor[] tensors)
        {
            string path = Write("state.safetensors", tensors);
            InvalidDataException failure = Assert.Throws<InvalidDataException>(() => model.LoadOptimizerState(path));
            Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
            Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ARuleThatTheOtherLibraryDoesNotHave_IsRefused()
    {
        Refuses(new Yogi { Convention = Convention.PyTorch }, "the state of yogi cannot be read from PyTorch");
        Refuses(new Lookahead(new Adam { Convention = Convention.PyTorch }), "the slot 'slow' of adam has no counterpart in PyTorch");

        void Refuses(OptimizerRule rule, string problem)
        {
            using Sequential model = CreateModel(rule);
            string path = Write("state.safetensors", With(ReadTorch("adam"), "state.", "state."));
            Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => model.LoadOptimizerState(path)).Message);
        }
    }

    [Fact]
    public void AModelThatIsNotCompiled_IsRefused()
    {
        using var model = new Sequential { new Dense(3, inputShape: 4) };
        string path = Write("state.safetensors", With(ReadTorch("adam"), "state.", "state."));

        Assert.Contains("Compile", Assert.Throws<InvalidOperationException>(() => model.LoadOptimizerState(path)).Message);
    }

    private static Sequential CreateModel(OptimizerRule rule, Action<Sequential>? change = null)
    {
        var model = new Sequential(seed: 1) { new Dense(3, "tanh", inputShape: 4), new Dense(2) };
        change?.Invoke(model);
        model.Compile(rule, "mse");
        model.Build(4);
        return model;
    }

    private static IReadOnlyList<StoredTensor> ReadTorch(string name) =>
        SafetensorsFile.Read(Fixtures.PathOf($"torch_{name}.safetensors")).Tensors;

    private static void Train(Sequential model, IReadOnlyList<StoredTensor> file, int steps)
    {
        var x = new Features(file.Single(tensor => tensor.Name == "x").ToSingles(), 6, 4);
        var y = new Targets(file.Single(tensor => tensor.Name == "y").ToSingles(), 6, 2);
        for (int i = 0; i < steps; i++)
            model.TrainOnBatch(x, y);
    }

    /// <summary>The variables of a Keras optimizer under their paths.</summary>
    private static StoredTensor[] KerasState(Sequential model, (string Theirs, string Ours)[] slots) =>
    [
        new("adam/iteration", TensorType.I64, [], BitConverter.GetBytes(model.Optimizer!.StepCount)),
        StoredTensor.FromSingles("adam/learning_rate", [0.001f]),
        .. from parameter in model.Optimizer.State.ParameterNames
           from slot in slots
           let shape = model.GetWeights(parameter)
           select StoredTensor.FromSingles(
               $"adam/sequential_{parameter.Replace('/', '_')}_{slot.Theirs}", model.Optimizer.State.GetSlot(parameter, slot.Ours),
               shape.GetLength(0), shape.GetLength(1)),
    ];

    private static StoredTensor[] With(IEnumerable<StoredTensor> file, string prefix, string newPrefix) =>
    [
        .. file.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(tensor => Rename(tensor, newPrefix + tensor.Name[prefix.Length..])),
    ];

    private static StoredTensor Rename(StoredTensor tensor, string name) => new(name, tensor.Type, tensor.Shape, tensor.Bytes);

    private string Write(string name, StoredTensor[] tensors)
    {
        SafetensorsFile.Write(_folder[name], tensors);
        return _folder[name];
    }
}
