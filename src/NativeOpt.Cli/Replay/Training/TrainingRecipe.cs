using System.Globalization;
using System.Text.RegularExpressions;
using NativeOpt.Cli.Replay.Optimizers;
using NativeOpt.Cli.Replay.Tensors;

namespace NativeOpt.Cli.Replay.Training;

/// <summary>The model and the rule of a "training" case, read from the words of the schema.</summary>
internal sealed partial class TrainingRecipe
{
    private const string PlainLoss = "mean softmax cross-entropy";

    private readonly int[] _sizes;
    private readonly Activation _hidden;
    private readonly (double Epsilon, double Momentum)? _batchNorm;
    private readonly long _seed;

    public TrainingRecipe(ReplayRun run)
    {
        Fields model = run.Fields.Object("model");
        _sizes = model.Integers("layers");
        if (_sizes.Length < 2)
            throw new ReplayException($"model.layers has {_sizes.Length} sizes; it must have at least 2");
        _hidden = Activation.FromName(model.Text("hidden_activation"));
        _batchNorm = model.Has("batch_norm") ? ReadBatchNorm(model.Text("batch_norm")) : null;
        model.Ignore("init");
        _seed = model.Whole("seed", 0);
        L2 = ReadPenalty(run.Fields.Text("loss", PlainLoss));
        Rule = RuleReader.Read("pytorch", run.Hyper.Text("optimizer"), run.Hyper, "optimizer") with { WeightDecayExclude = [] };
        if (run.Fields.OptionalNumber("clip_global_norm") is { } norm)
            Rule = Rule with { GlobalClipNorm = norm };
    }

    /// <summary>PyTorch's, which decays all parameters.</summary>
    public OptimizerRule Rule { get; }

    /// <summary>Factor of the squares of all weight matrices in the loss.</summary>
    public double L2 { get; }

    /// <summary>Number of dense layers.</summary>
    public int LayerCount => _sizes.Length - 1;

    /// <summary>Number of outputs of a dense layer.</summary>
    public int UnitsOf(int layer) => _sizes[layer + 1];

    /// <summary>The model with the weights of the schema's formula.</summary>
    public Sequential Build(ReplayTarget target)
    {
        var model = new Sequential(target.Dtype);
        for (int i = 0; i < LayerCount; i++)
        {
            bool isLast = i == LayerCount - 1;
            bool isNormalized = _batchNorm is not null && !isLast;
            model.Add(new Dense(UnitsOf(i), isLast ? Activation.Softmax : isNormalized ? Activation.Linear : _hidden,
                inputShape: i == 0 ? _sizes[0] : null, kernelRegularizer: L2 > 0 ? new L2(L2) : null, name: NameOf(i)));
            if (isNormalized)
            {
                model.Add(new BatchNormalization(_batchNorm!.Value.Momentum, _batchNorm.Value.Epsilon, convention: Convention.PyTorch));
                model.Add(new ActivationLayer(_hidden));
            }
        }
        model.Build(_sizes[0]);
        for (int i = 0; i < LayerCount; i++)
            ModelWeights.Write(model, $"{NameOf(i)}/kernel", InitialWeights(i));
        return model;
    }

    /// <summary>The weights of a layer, [inputs, outputs].</summary>
    public static double[] KernelOf(Model model, int layer) => ModelWeights.Read(model, $"{NameOf(layer)}/kernel");

    /// <summary>The bias of a layer.</summary>
    public static double[] BiasOf(Model model, int layer) => ModelWeights.Read(model, $"{NameOf(layer)}/bias");

    private static string NameOf(int layer) => $"layer{layer}";

    private double[] InitialWeights(int layer)
    {
        (int inputs, int outputs) = (_sizes[layer], _sizes[layer + 1]);
        double limit = Math.Sqrt(6.0 / (inputs + outputs));
        return [.. Enumerable.Range(0, inputs * outputs).Select(index =>
            limit * (((long)(index / outputs) * 7919 + (long)(index % outputs) * 104729 + layer * 31 + _seed) % 2001 - 1000) / 1000.0)];
    }

    private static (double Epsilon, double Momentum) ReadBatchNorm(string text)
    {
        Match match = BatchNormText().Match(text);
        return match.Success
            ? (NumberOf(match.Groups[1]), NumberOf(match.Groups[2]))
            : throw new ReplayException($"model.batch_norm is '{text}'. Known: before each hidden activation, eps E, torch momentum M");
    }

    private static double ReadPenalty(string loss)
    {
        if (loss == PlainLoss)
            return 0;
        Match match = PenaltyText().Match(loss);
        return match.Success
            ? NumberOf(match.Groups[1])
            : throw new ReplayException(
                $"loss is '{loss}'. Known: {PlainLoss}, also with ' + FACTOR * sum over weight matrices of w^2' behind it");
    }

    private static double NumberOf(Group group) =>
        double.TryParse(group.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new ReplayException($"'{group.Value}' must be a number");

    [GeneratedRegex(@"^before each hidden activation, eps ([0-9.e+-]+), torch momentum ([0-9.e+-]+)(?: \(.*\))?$")]
    private static partial Regex BatchNormText();

    [GeneratedRegex(@"^mean softmax cross-entropy \+ ([0-9.e+-]+) \* sum over weight matrices of w\^2(?: \(.*\))?$")]
    private static partial Regex PenaltyText();
}
