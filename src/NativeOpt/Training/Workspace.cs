using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>
/// The memory a model computes in (batch, activations, their gradients), as long as the largest batch, and the plans over it.
/// Plans are built at their first use.
/// </summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly Network _network;
    private readonly Objective? _objective;
    private readonly Optimizer? _optimizer;
    private readonly AlignedBuffer[] _outputs;
    private readonly AlignedBuffer[] _gradients;
    private readonly AlignedBuffer? _activated;
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

        AlignedBuffer AllocateOutput(Layer layer) =>
            AlignedBuffer.Allocate(checked((long)capacity * layer.OutputColumns * elementSize));
    }

    /// <summary>Rows of the largest batch.</summary>
    public int Capacity { get; }

    /// <summary>Where batches are gathered.</summary>
    public BatchBuffers Batch { get; }

    /// <summary>Forward, loss, backward and update: one training step.</summary>
    public NetworkPlan Train => field ??= BuildTrain();

    /// <summary>Forward and loss.</summary>
    public NetworkPlan Evaluate => field ??= BuildEvaluate();

    /// <summary>Forward up to the last activation.</summary>
    public NetworkPlan Forward => field ??= BuildForward();

    /// <summary>After <see cref="Forward"/>: loss and backward, gradients added to those that are there.</summary>
    public NetworkPlan Backward => field ??= BuildBackward();

    /// <summary>Predictions after the last activation; the first <paramref name="rows"/> rows.</summary>
    public NoptMatrix Predictions(int rows) => View(_activated ?? _outputs[^1], rows, _network.OutputColumns, _network.Dtype);

    /// <summary>Targets of the batch, or its labels.</summary>
    public NoptMatrix Targets(int rows) => _objective!.Loss.TakesLabels
        ? View(Batch.Labels, rows, 1, NoptDtype.I32)
        : View(Batch.Targets, rows, _network.OutputColumns, _network.Dtype);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NetworkPlan plan in _plans)
            plan.Dispose();
        foreach (AlignedBuffer buffer in _outputs.Concat(_gradients))
            buffer.Dispose();
        _activated?.Dispose();
        Batch.Dispose();
    }

    private NetworkPlan BuildTrain()
    {
        NetworkPlan plan = NewPlan();
        AddForward(plan);
        if (_objective!.TrainingMetrics.NeedsPredictions)
            AddActivation(plan);
        AddLoss(plan, withGradient: true);
        AddBackward(plan, accumulate: false);
        _optimizer!.AddTo(plan.Steps);
        return plan;
    }

    private NetworkPlan BuildEvaluate()
    {
        NetworkPlan plan = NewPlan();
        AddForward(plan);
        if (_objective!.EvaluationMetrics.NeedsPredictions)
            AddActivation(plan);
        AddLoss(plan, withGradient: false);
        return plan;
    }

    private NetworkPlan BuildForward()
    {
        NetworkPlan plan = NewPlan();
        AddForward(plan);
        AddActivation(plan);
        return plan;
    }

    private NetworkPlan BuildBackward()
    {
        NetworkPlan plan = NewPlan();
        AddLoss(plan, withGradient: true);
        AddBackward(plan, accumulate: true);
        return plan;
    }

    private NetworkPlan NewPlan()
    {
        var plan = new NetworkPlan(_network.Arena);
        _plans.Add(plan);
        return plan;
    }

    private void AddForward(NetworkPlan plan)
    {
        for (int i = 0; i < _outputs.Length; i++)
            _network.Layers[i].AddForward(plan, InputOf(plan, i), OutputOf(plan, _outputs, i), LeavesActivationOut(i));
    }

    private void AddActivation(NetworkPlan plan)
    {
        if (_activated is null)
            return;
        NoptActivationArgs* args = plan.Add(NoptOpKind.Activation, new NoptActivationArgs
        {
            StructSize = (uint)sizeof(NoptActivationArgs),
            Activation = (int)_network.Layers[^1].Activation.Kind,
            X = OutputOf(plan, _outputs, _outputs.Length - 1),
            Y = plan.Matrix(_activated, _network.OutputColumns, _network.Dtype),
        });
        plan.FollowRows(&args->X);
        plan.FollowRows(&args->Y);
    }

    private void AddLoss(NetworkPlan plan, bool withGradient)
    {
        Objective objective = _objective!;
        int last = _outputs.Length - 1;
        NoptLossArgs* args = plan.Add(NoptOpKind.Loss, new NoptLossArgs
        {
            StructSize = (uint)sizeof(NoptLossArgs),
            Loss = (int)objective.Loss.Kind,
            Flags = objective.FromLogits ? (uint)NoptLossFlags.FromLogits : 0,
            Y = OutputOf(plan, _outputs, last),
            Targets = objective.Loss.TakesLabels
                ? plan.Matrix(Batch.Labels, 1, NoptDtype.I32)
                : plan.Matrix(Batch.Targets, _network.OutputColumns, _network.Dtype),
            Dy = withGradient ? OutputOf(plan, _gradients, last) : default,
            LossSum = plan.LossSum,
            CorrectCount = objective.Loss is MeanSquaredError ? null : plan.CorrectCount,
        });
        plan.FollowRows(&args->Y);
        plan.FollowRows(&args->Targets);
        plan.FollowRows(&args->Dy);
        plan.FollowMean(&args->GradientScale);
    }

    private void AddBackward(NetworkPlan plan, bool accumulate)
    {
        for (int i = _outputs.Length - 1; i >= 0; i--)
        {
            var buffers = new BackwardBuffers(
                InputOf(plan, i), OutputOf(plan, _outputs, i), OutputOf(plan, _gradients, i),
                i == 0 ? default : OutputOf(plan, _gradients, i - 1));
            _network.Layers[i].AddBackward(plan, buffers, LeavesActivationOut(i), accumulate);
        }
    }

    private bool LeavesActivationOut(int layer) => layer == _outputs.Length - 1 && _objective is { IsFused: true };

    private NoptMatrix InputOf(NetworkPlan plan, int layer) => layer == 0
        ? plan.Matrix(Batch.Inputs, _network.InputColumns, _network.Dtype)
        : OutputOf(plan, _outputs, layer - 1);

    private NoptMatrix OutputOf(NetworkPlan plan, AlignedBuffer[] buffers, int layer) =>
        plan.Matrix(buffers[layer], _network.Layers[layer].OutputColumns, _network.Dtype);

    private static NoptMatrix View(AlignedBuffer buffer, int rows, int columns, NoptDtype dtype) =>
        new() { Data = buffer.Pointer, Rows = rows, Columns = columns, Stride = columns, Dtype = (int)dtype };
}
