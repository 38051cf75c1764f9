using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt.Training;

/// <summary>
/// The memory a model computes in (batch, activations, their gradients, what layers keep for backward), as long as the largest
/// batch, and the plans over it. Plans are built at their first use.
/// </summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly Network _network;
    private readonly Objective? _objective;
    private readonly Optimizer? _optimizer;
    private readonly AlignedBuffer[] _outputs;
    private readonly AlignedBuffer[] _gradients;
    private readonly AlignedBuffer? _activated;
    private readonly AlignedBuffer? _classWeights;
    private readonly LayerMemory _own;
    private readonly List<NetworkPlan> _plans = [];

    /// <summary>Allocates for batches of up to <paramref name="capacity"/> rows.</summary>
    public Workspace(Network network, Objective? objective, Optimizer? optimizer, int capacity)
    {
        (_network, _objective, _optimizer, Capacity) = (network, objective, optimizer, capacity);
        Batch = new BatchBuffers(network, objective, capacity);
        int elementSize = ParameterArena.ElementSize(network.Dtype);
        _outputs = [.. network.Layers.Select(AllocateOutput)];
        _gradients = objective is null ? [] : [.. network.Layers.Select(AllocateOutput)];
        _activated = objective is { IsFused: true } ? AllocateOutput(network.Layers[^1]) : null;
        _own = new LayerMemory(network, capacity);
        _classWeights = objective?.Loss.TermWeights is { } weights ? CopyOf(weights, network.Dtype) : null;

        AlignedBuffer AllocateOutput(Layer layer) =>
            AlignedBuffer.Allocate(checked((long)capacity * layer.OutputColumns * elementSize));
    }

    /// <summary>Rows of the largest batch.</summary>
    public int Capacity { get; }

    /// <summary>Where batches are gathered.</summary>
    public BatchBuffers Batch { get; }

    /// <summary>Forward, loss, backward and update: one training step.</summary>
    public NetworkPlan Train => field ??= BuildTrain();

    /// <summary>Forward and loss, as at prediction.</summary>
    public NetworkPlan Evaluate => field ??= BuildEvaluate();

    /// <summary>Forward up to the last activation, as at prediction.</summary>
    public NetworkPlan Predict => field ??= BuildForward(isTraining: false);

    /// <summary>Forward up to the last activation, as in training.</summary>
    public NetworkPlan Forward => field ??= BuildForward(isTraining: true);

    /// <summary>After <see cref="Forward"/>: loss and backward, gradients added to those that are there.</summary>
    public NetworkPlan Backward => field ??= BuildBackward();

    /// <summary>Sets the weights of the rows that were loaded and what the sum of their losses is divided by, before a run.</summary>
    /// <returns>The divisor.</returns>
    public double PrepareLoss(NetworkPlan plan, int rows)
    {
        double divisor = _objective!.DivisorOf(Batch, rows);
        plan.LossArgs->GradientScale = divisor == 0 ? 0 : 1 / divisor;
        plan.LossArgs->SampleWeights = _objective.Loss.IsOfWholeBatch ? default : Weights(rows);
        return divisor;
    }

    /// <summary>Weights of the rows of the batch, or nothing where each is 1.</summary>
    public NoptMatrix Weights(int rows) => Batch.HasSampleWeights ? View(Batch.SampleWeights, rows, 1, _network.Dtype) : default;

    /// <summary>Targets of the batch, or its labels.</summary>
    public NoptMatrix Targets(int rows) => _objective!.Loss.TakesLabels
        ? View(Batch.Labels, rows, 1, NoptDtype.I32)
        : View(Batch.Targets, rows, _network.OutputColumns, _network.Dtype);

    /// <summary>What a layer gives in training; null where it gives what it gets.</summary>
    public AlignedBuffer? TrainingOutput(int layer) =>
        _network.Layers[layer].IsIdentity(PassOf(layer, isTraining: true)) ? null : _outputs[layer];

    /// <summary>The gradient of that; null where there is none of its own.</summary>
    public AlignedBuffer? TrainingGradient(int layer) =>
        layer < _network.FirstTrainedLayer || _network.Layers[layer].PassesGradient(PassOf(layer, isTraining: true))
            ? null
            : _gradients[layer];

    /// <summary>Whether a layer gives in training what is before its activation, which the loss has taken over.</summary>
    public bool IsBeforeActivation(int layer) => PassOf(layer, isTraining: true).WithoutActivation;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NetworkPlan plan in _plans)
            plan.Dispose();
        foreach (AlignedBuffer buffer in _outputs.Concat(_gradients))
            buffer.Dispose();
        _activated?.Dispose();
        _classWeights?.Dispose();
        _own.Dispose();
        Batch.Dispose();
    }

    private NetworkPlan BuildTrain()
    {
        NetworkPlan plan = NewPlan();
        AddForward(plan, isTraining: true);
        if (_objective!.TrainingMetrics.NeedsPredictions)
            AddActivation(plan);
        AddLoss(plan, isTraining: true);
        AddBackward(plan, accumulate: false);
        _optimizer!.AddTo(plan.Steps);
        return plan;
    }

    private NetworkPlan BuildEvaluate()
    {
        NetworkPlan plan = NewPlan();
        AddForward(plan, isTraining: false);
        if (_objective!.EvaluationMetrics.NeedsPredictions)
            AddActivation(plan);
        AddLoss(plan, isTraining: false);
        return plan;
    }

    private NetworkPlan BuildForward(bool isTraining)
    {
        NetworkPlan plan = NewPlan();
        AddForward(plan, isTraining);
        AddActivation(plan);
        return plan;
    }

    private NetworkPlan BuildBackward()
    {
        NetworkPlan plan = NewPlan();
        AddLoss(plan, isTraining: true);
        AddBackward(plan, accumulate: true);
        return plan;
    }

    private NetworkPlan NewPlan()
    {
        var plan = new NetworkPlan(_network.Arena) { Seed = _network.Seed };
        _plans.Add(plan);
        return plan;
    }

    private void AddForward(NetworkPlan plan, bool isTraining)
    {
        for (int i = 0; i < _outputs.Length; i++)
        {
            LayerPass pass = PassOf(i, isTraining);
            if (_network.Layers[i].IsIdentity(pass))
                continue;
            IReadOnlyList<NoptMatrix> own = isTraining ? _own.Of(plan, i) : [];
            var buffers = new ForwardBuffers(OutputOf(plan, i - 1, isTraining), OutputOf(plan, i, isTraining), own);
            _network.Layers[i].AddForward(plan, buffers, pass);
        }
        plan.Output = OutputOf(plan, _outputs.Length - 1, isTraining);
    }

    private void AddActivation(NetworkPlan plan)
    {
        if (_activated is null)
            return;
        NoptActivationArgs* args = plan.Add(NoptOpKind.Activation, new NoptActivationArgs
        {
            StructSize = (uint)sizeof(NoptActivationArgs),
            Activation = (int)_network.Layers[^1].Activation!.Kind,
            ActivationParameter = _network.Layers[^1].Activation!.KernelParameter,
            X = plan.Output,
            Y = plan.Matrix(_activated, _network.OutputColumns, _network.Dtype),
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Y);
        plan.Output = args->Y;
    }

    private void AddLoss(NetworkPlan plan, bool isTraining)
    {
        Objective objective = _objective!;
        int last = _outputs.Length - 1;
        NoptLossArgs filled = objective.DescribeLoss() with
        {
            StructSize = (uint)sizeof(NoptLossArgs),
            Y = OutputOf(plan, last, isTraining),
            Targets = objective.Loss.TakesLabels
                ? plan.Matrix(Batch.Labels, 1, NoptDtype.I32)
                : plan.Matrix(Batch.Targets, _network.OutputColumns, _network.Dtype),
            Dy = isTraining ? GradientOf(plan, last) : default,
            ClassWeights = _classWeights is null
                ? default
                : plan.Matrix(_classWeights, _network.OutputColumns, _network.Dtype) with { Rows = 1 },
            LossSum = plan.LossSum,
            CorrectCount = objective.Loss.HasRightAnswers ? plan.CorrectCount : null,
        };
        NoptLossArgs* args = objective.Loss is CustomLoss custom ? AddCustomLoss(plan, custom, filled) : plan.Add(NoptOpKind.Loss, filled);
        plan.FollowRows(&args->Y);
        plan.FollowRows(&args->Targets);
        plan.FollowRows(&args->Dy);
        plan.LossArgs = args;
        plan.Use(Batch.SampleWeights);
        Penalties.AddOfParameters(plan, _network);
        int withoutGradient = isTraining ? _network.FirstTrainedLayer : _outputs.Length;
        for (int i = 0; i < withoutGradient; i++)
            AddPenaltyOfOutput(plan, i, isTraining, dy: default);
    }

    private void AddPenaltyOfOutput(NetworkPlan plan, int layer, bool isTraining, NoptMatrix dy)
    {
        if (_network.ActivityRegularizers[layer] is { } regularizer)
            Penalties.AddOfOutput(plan, regularizer, OutputOf(plan, layer, isTraining), dy);
    }

    private NoptLossArgs* AddCustomLoss(NetworkPlan plan, CustomLoss loss, in NoptLossArgs filled)
    {
        NoptLossArgs* args = plan.Keep(filled);
        var pass = new CustomLossPass(loss, _network.OutputColumns);
        plan.AddCall(rows => pass.Run(*args, rows));
        return args;
    }

    private void AddBackward(NetworkPlan plan, bool accumulate)
    {
        for (int i = _outputs.Length - 1; i >= _network.FirstTrainedLayer; i--)
        {
            AddPenaltyOfOutput(plan, i, isTraining: true, GradientOf(plan, i));
            LayerPass pass = PassOf(i, isTraining: true) with { Accumulate = accumulate };
            if (_network.Layers[i].PassesGradient(pass))
                continue;
            var buffers = new BackwardBuffers(
                OutputOf(plan, i - 1, isTraining: true), OutputOf(plan, i, isTraining: true),
                GradientOf(plan, i), GradientOf(plan, i - 1), _own.Of(plan, i));
            _network.Layers[i].AddBackward(plan, buffers, pass);
        }
    }

    private LayerPass PassOf(int layer, bool isTraining) =>
        new(isTraining, WithoutActivation: layer == _outputs.Length - 1 && _objective is { IsFused: true });

    /// <summary>What a layer gives in such a pass; -1: the batch. A layer that changes nothing gives what it gets.</summary>
    private NoptMatrix OutputOf(NetworkPlan plan, int layer, bool isTraining)
    {
        while (layer >= 0 && _network.Layers[layer].IsIdentity(PassOf(layer, isTraining)))
            layer--;
        return layer < 0
            ? plan.Matrix(Batch.Inputs, _network.InputColumns, _network.Dtype)
            : plan.Matrix(_outputs[layer], _network.Layers[layer].OutputColumns, _network.Dtype);
    }

    /// <summary>The gradient of what a layer gives; absent where nothing up to it is trained.</summary>
    private NoptMatrix GradientOf(NetworkPlan plan, int layer)
    {
        while (layer >= 0 && _network.Layers[layer].PassesGradient(PassOf(layer, isTraining: true)))
            layer--;
        return layer < _network.FirstTrainedLayer
            ? default
            : plan.Matrix(_gradients[layer], _network.Layers[layer].OutputColumns, _network.Dtype);
    }

    private static AlignedBuffer CopyOf(IReadOnlyList<double> values, NoptDtype dtype)
    {
        AlignedBuffer copy = AlignedBuffer.Allocate((long)values.Count * ParameterArena.ElementSize(dtype));
        for (int i = 0; i < values.Count; i++)
        {
            if (dtype == NoptDtype.F64)
                copy.AsSpan<double>()[i] = values[i];
            else
                copy.AsSpan<float>()[i] = (float)values[i];
        }
        return copy;
    }

    private static NoptMatrix View(AlignedBuffer buffer, int rows, int columns, NoptDtype dtype) =>
        new() { Data = buffer.Pointer, Rows = rows, Columns = columns, Stride = columns, Dtype = (int)dtype };
}
