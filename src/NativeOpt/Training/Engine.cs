using NativeOpt.Backends;
using NativeOpt.Data;
using NativeOpt.Interop;
using NativeOpt.Metrics;

namespace NativeOpt.Training;

/// <summary>A built network with what runs it: backend, workspace, and after Compile loss and optimizer.</summary>
internal sealed unsafe class Engine : IDisposable
{
    private readonly OperationGate _gate;
    private Workspace? _workspace;
    private Optimizer? _attached;
    private int _forwardRows;
    private long _forwardPass;
    private long? _firstPass; // of those that have added to the gradients since they were cleared

    /// <summary>Runs a network behind the gate of its model.</summary>
    public Engine(Network network, IBackend backend, OperationGate gate)
    {
        Network = network;
        Backend = backend;
        Predictions = new PredictionPool(network, backend);
        _gate = gate;
    }

    public Network Network { get; }

    public IBackend Backend { get; private set; }

    /// <summary>What predictions compute with, of several threads at the same time if need be.</summary>
    public PredictionPool Predictions { get; private set; }

    public Objective? Objective { get; private set; }

    public Optimizer? Optimizer { get; private set; }

    /// <summary>What the last training step has left, for callbacks that look at it; null before there is memory for one.</summary>
    public StepReading? LastStep { get; private set; }

    /// <summary>The loss of the last training step.</summary>
    public double LastLoss { get; private set; }

    /// <summary>Takes a loss, an optimizer and a backend; plans are built anew.</summary>
    public void Compile(Objective objective, Optimizer optimizer, IBackend backend)
    {
        optimizer.Attach(Network.Arena, backend);
        ReleasePlans();
        Predictions.Dispose();
        Predictions = new PredictionPool(Network, backend);
        Network.Freeze();
        (Objective, Optimizer, _attached, Backend, _firstPass) = (objective, optimizer, optimizer, backend, null);
    }

    /// <summary>Makes room for batches of that many rows; does nothing where there is.</summary>
    public void EnsureCapacity(int rows)
    {
        if (_workspace is not null && _workspace.Capacity >= rows)
            return;
        NetworkSizes.CheckBatch(Network, rows);
        _workspace?.Dispose();
        (_workspace, _forwardRows) = (null, 0);
        _workspace = new Workspace(Network, Objective, Optimizer, rows);
        _workspace.Batch.IsShared = Backend.IsParallel;
        LastStep = new StepReading(Network, _workspace);
    }

    /// <summary>One training step on rows of a data set; allocates nothing after the first.</summary>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="rows">The batch.</param>
    /// <param name="metrics">Told what came out of the forward pass: of the first, where there are two.</param>
    public BatchOutcome Train(Dataset data, ReadOnlySpan<int> rows, MetricSet? metrics = null)
    {
        // A second forward overwrites the outputs; otherwise metrics look at them when the step is over.
        bool isTwice = Optimizer!.TakesSecondGradient;
        BatchOutcome outcome = RunStep(data, rows, isTwice ? metrics : null);
        if (!isTwice)
            metrics?.Add(outcome);
        (LastStep!.Rows, LastLoss) = (rows.Length, outcome.Loss);
        return outcome;
    }

    /// <summary>At the end of an epoch: an update with the gradients that wait for it, if the optimizer's rule asks for that.</summary>
    public void FlushGradients()
    {
        using OperationGate.Step step = _gate.BeginStep();
        using Optimizer.Computation computation = Optimizer!.Compute();
        Optimizer.FlushArena();
    }

    /// <summary>Loss and metrics of rows of a data set.</summary>
    public BatchOutcome Evaluate(Dataset data, ReadOnlySpan<int> rows)
    {
        using OperationGate.Step step = _gate.BeginStep();
        Workspace workspace = PrepareWorkspace(rows.Length);
        workspace.Batch.Load(data, rows);
        double divisor = workspace.PrepareLoss(workspace.Evaluate, rows.Length);
        workspace.Evaluate.Run(Backend, rows.Length);
        return Outcome(workspace, workspace.Evaluate, rows.Length, divisor);
    }

    /// <summary>Outputs as training has them, [rows, outputs]; valid until the next run.</summary>
    public NoptMatrix Forward(Dataset data, ReadOnlySpan<int> rows)
    {
        using OperationGate.Step step = _gate.BeginStep();
        Workspace workspace = PrepareWorkspace(rows.Length);
        workspace.Batch.LoadInputs(data, rows);
        _forwardPass = Network.TrainingPasses;
        workspace.Forward.Run(Backend, rows.Length, _forwardPass);
        Network.TrainingPasses++;
        _forwardRows = rows.Length;
        return workspace.Forward.Output with { Rows = rows.Length };
    }

    /// <summary>After <see cref="Forward"/>: adds the gradients of the loss and returns it, penalties included.</summary>
    /// <param name="targets">A data set that leaves the inputs of a batch as they are.</param>
    /// <param name="rows">Its rows, as many as went forward.</param>
    public double Backward(Dataset targets, ReadOnlySpan<int> rows)
    {
        using OperationGate.Step step = _gate.BeginStep();
        Workspace workspace = _workspace!;
        workspace.Batch.Load(targets, rows);
        NetworkPlan plan = workspace.Backward;
        double divisor = workspace.PrepareLoss(plan, rows.Length);
        plan.Run(Backend, rows.Length, _forwardPass);
        _firstPass ??= _forwardPass;
        _forwardRows = 0;
        return Outcome(workspace, plan, rows.Length, divisor).Loss;
    }

    /// <summary>Checks that the activations of that many rows are there.</summary>
    /// <exception cref="InvalidOperationException">Forward was not the last run.</exception>
    /// <exception cref="ArgumentException">Another number of rows went forward.</exception>
    public void RequireForward(int rows, string parameterName)
    {
        if (_forwardRows == 0)
            throw new InvalidOperationException("there are no activations to go back from; call Forward first, and nothing in between");
        if (rows != _forwardRows)
            throw new ArgumentException($"{parameterName} has {rows} rows; Forward had {_forwardRows}", parameterName);
    }

    /// <summary>Makes the moving statistics of batch normalization the means over batches of these rows, each counting the same.</summary>
    public void RefreshStatistics(RowRange range, int batchSize)
    {
        BatchNormalization[] layers = [.. Network.Layers.OfType<BatchNormalization>()];
        long passes = Network.TrainingPasses;
        var scratch = new int[Math.Min(batchSize, range.Count)];
        try
        {
            for (int done = 0, batch = 0; done < range.Count && layers.Length > 0; batch++)
            {
                foreach (BatchNormalization layer in layers)
                    layer.RefreshShare = batch / (batch + 1.0);
                Span<int> rows = scratch.AsSpan(0, Math.Min(scratch.Length, range.Count - done));
                RowOrder.Fill(rows, range.First + done);
                Forward(range.Data, rows);
                done += rows.Length;
            }
        }
        finally
        {
            foreach (BatchNormalization layer in layers)
                layer.RefreshShare = null;
            (Network.TrainingPasses, _forwardRows) = (passes, 0);
        }
    }

    /// <summary>One step of an optimizer with the gradients that are there.</summary>
    public void Update(Optimizer optimizer)
    {
        using OperationGate.Step step = _gate.BeginStep();
        using Optimizer.Computation computation = optimizer.Compute();
        Attach(optimizer);
        if (optimizer.TakesSecondGradient)
            RequireGradients();
        optimizer.StepArena();
    }

    /// <summary>Sets all gradients to 0.</summary>
    public void ClearGradients()
    {
        Network.ClearGradients();
        _firstPass = null;
    }

    /// <summary>
    /// Moves the weights to where an optimizer takes its second gradient. The next forwards have the dropout of those before again.
    /// </summary>
    public void Climb(Optimizer optimizer)
    {
        using OperationGate.Step step = _gate.BeginStep();
        using Optimizer.Computation computation = optimizer.Compute();
        Attach(optimizer);
        long firstPass = RequireGradients();
        optimizer.ClimbArena();
        ClearGradients();
        Network.TrainingPasses = firstPass;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReleasePlans();
        Predictions.Dispose();
        Network.Dispose();
    }

    private void Attach(Optimizer optimizer)
    {
        if (ReferenceEquals(optimizer, _attached))
            return;
        optimizer.Attach(Network.Arena, Backend);
        _attached = optimizer;
    }

    private BatchOutcome RunStep(Dataset data, ReadOnlySpan<int> rows, MetricSet? metrics)
    {
        using OperationGate.Step step = _gate.BeginStep();
        Workspace workspace = PrepareWorkspace(rows.Length);
        workspace.Batch.Load(data, rows);
        _firstPass = null;
        NetworkPlan plan = workspace.Train;
        double divisor = workspace.PrepareLoss(plan, rows.Length);
        using Optimizer.Computation computation = Optimizer!.Compute();
        Optimizer.PrepareStep();
        plan.Run(Backend, rows.Length, Network.TrainingPasses);
        BatchOutcome outcome = Outcome(workspace, plan, rows.Length, divisor);
        metrics?.Add(outcome);
        if (Optimizer.TakesSecondGradient)
            TakeSecondGradient(plan, rows.Length);
        Network.TrainingPasses++;
        Optimizer.FinishStep();
        return outcome;
    }

    /// <returns>Number of the forward that they began with.</returns>
    private long RequireGradients() => _firstPass ?? throw new InvalidOperationException(
        "there are no gradients; Forward and Backward make them, and again after Climb");

    private void TakeSecondGradient(NetworkPlan plan, int rows)
    {
        Optimizer!.ClimbArena();
        try
        {
            plan.Run(Backend, rows, Network.TrainingPasses);
            Optimizer.Descend();
        }
        finally
        {
            Optimizer.ReturnFromAscent();
        }
    }

    private void ReleasePlans()
    {
        _workspace?.Dispose();
        (_workspace, LastStep) = (null, null);
        _forwardRows = 0;
    }

    private Workspace PrepareWorkspace(int rows)
    {
        EnsureCapacity(rows);
        (_forwardRows, LastStep!.Rows) = (0, 0);
        return _workspace!;
    }

    private static BatchOutcome Outcome(Workspace workspace, NetworkPlan plan, int rows, double divisor) => new(
        rows, *plan.LossSum, divisor, *plan.CorrectCount, plan.Output with { Rows = rows }, workspace.Targets(rows),
        workspace.Weights(rows))
    {
        Penalty = plan.Penalty,
    };
}
