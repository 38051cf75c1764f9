using NativeOpt.Data;
using NativeOpt.Interop;
using NativeOpt.Metrics;
using NativeOpt.Training;

namespace NativeOpt;

// Predictions, and the training loop by hand.
public abstract partial class Model
{
    private readonly Lock _buildLock = new();
    private int[] _firstRows = [];

    /// <summary>The outputs for inputs. Several threads may call it at the same time, while nothing trains the model.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="batchSize">Rows that are computed together, at least 1.</param>
    /// <param name="steps">Batches to compute, at least 1; null: all rows.</param>
    /// <param name="callbacks">Told before and after each batch; of the model they may use Predict only.</param>
    /// <returns>[rows, outputs]: behind softmax or sigmoid, probabilities.</returns>
    /// <exception cref="ArgumentException">
    /// x is empty or has the wrong number of columns, batchSize or steps is below 1, or a callback is null.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model for something else than predictions.</exception>
    public float[,] Predict(
        Features x, int batchSize = DefaultBatchSize, int? steps = null, IEnumerable<Callback>? callbacks = null)
    {
        ThrowIfDisposed();
        return Predict(new InputsOnly(x.Require(nameof(x))), nameof(x), new RunSize(batchSize, steps), CallbackList.Require(callbacks));
    }

    /// <summary>The outputs for the inputs of a data set. Several threads may call it, where its Gather can be called so.</summary>
    /// <param name="data">Inputs; targets are not looked at.</param>
    /// <param name="batchSize">Rows that are computed together, at least 1.</param>
    /// <param name="steps">Batches to compute, at least 1; null: all rows.</param>
    /// <param name="callbacks">Told before and after each batch; of the model they may use Predict only.</param>
    /// <returns>[rows, outputs]: behind softmax or sigmoid, probabilities.</returns>
    /// <exception cref="ArgumentException">
    /// The data set is empty or has the wrong number of columns, batchSize or steps is below 1, or a callback is null.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread uses the model for something else than predictions.</exception>
    public float[,] Predict(
        Dataset data, int batchSize = DefaultBatchSize, int? steps = null, IEnumerable<Callback>? callbacks = null)
    {
        ThrowIfDisposed();
        var size = new RunSize(batchSize, steps);
        CallbackList told = CallbackList.Require(callbacks);
        return Predict(new WithoutTargets(DataRanges.All(data, ArgumentNames.Dataset).Data), nameof(data), size, told);
    }

    /// <summary>The outputs for one batch, however many rows it has.</summary>
    /// <param name="x">Inputs.</param>
    /// <returns>[rows, outputs]: behind softmax or sigmoid, probabilities.</returns>
    /// <exception cref="ArgumentException">x is empty or has the wrong number of columns.</exception>
    public float[,] PredictOnBatch(Features x) => Predict(x, batchSize: int.MaxValue);

    /// <summary>
    /// First half of a training step by hand: computes the outputs as training does (with dropout, and with the statistics of the
    /// batch) and keeps what <see cref="Backward"/> needs.
    /// <code>
    /// model.ZeroGradients();
    /// model.Forward(x);
    /// double loss = model.Backward(y);
    /// optimizer.Step(model);
    /// </code>
    /// These four give the same bits as a step of Fit.
    /// </summary>
    /// <param name="x">One batch.</param>
    /// <returns>[rows, outputs]: behind softmax or sigmoid, probabilities.</returns>
    /// <exception cref="ArgumentException">x is empty or has the wrong number of columns.</exception>
    public float[,] Forward(Features x)
    {
        using OperationGate.Scope scope = _gate.Enter();
        var data = new InputsOnly(x.Require(nameof(x)));
        Engine engine = EnsureBuilt(data.InputColumns, nameof(x));
        var predictions = new float[data.Count, engine.Network.OutputColumns];
        CopyRows(engine.Forward(data, FirstRows(data.Count)), predictions, 0);
        return predictions;
    }

    /// <summary>Second half: adds the gradients of the loss over the batch of the last <see cref="Forward"/>.</summary>
    /// <param name="y">The targets of that batch.</param>
    /// <param name="sampleWeight">What the loss of each row is multiplied by; null: 1.</param>
    /// <returns>The loss: the mean over the rows, where the loss has no other reduction.</returns>
    /// <exception cref="ArgumentException">The number of targets differs from Forward's rows, or they do not fit the loss.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or something else ran since Forward.</exception>
    public double Backward(Targets y, float[]? sampleWeight = null)
    {
        using OperationGate.Scope scope = _gate.Enter();
        RequireCompiled();
        Engine engine = RequireBuilt();
        var targets = new TargetsOnly(y, engine.Network.InputColumns, sampleWeight);
        engine.RequireForward(targets.Count, nameof(y));
        engine.Objective!.CheckTargets(new RowRange(targets, 0, targets.Count, ArgumentNames.Arrays));
        return engine.Backward(targets, FirstRows(targets.Count));
    }

    /// <summary>Sets all gradients to 0.</summary>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public void ZeroGradients()
    {
        using OperationGate.Scope scope = _gate.Enter();
        RequireBuilt().ClearGradients();
    }

    /// <summary>One step of an optimizer with the gradients that are there.</summary>
    internal void ApplyGradients(Optimizer optimizer)
    {
        using OperationGate.Scope scope = _gate.Enter();
        RequireBuilt().Update(optimizer);
    }

    /// <summary>Moves the weights to where an optimizer takes the second gradient of its step.</summary>
    internal void Climb(Optimizer optimizer)
    {
        using OperationGate.Scope scope = _gate.Enter();
        RequireBuilt().Climb(optimizer);
    }

    // The first prediction of several threads at once builds the model in one of them.
    private void BuildToPredict(int inputColumns, string parameterName)
    {
        if (IsBuilt)
            return;
        lock (_buildLock)
        {
            if (IsBuilt)
                return;
            using OperationGate.Scope scope = _gate.Enter();
            EnsureBuilt(inputColumns, parameterName);
        }
    }

    private float[,] Predict(Dataset inputs, string parameterName, RunSize size, CallbackList told)
    {
        BuildToPredict(inputs.InputColumns, parameterName);
        using OperationGate.ReaderScope scope = _gate.EnterToRead();
        CheckColumns(inputs.InputColumns, parameterName);
        Engine engine = _engine!;
        var predictions = new float[size.RowsOf(inputs.Count), engine.Network.OutputColumns];
        told.Attach(this);
        told.PredictBegin();
        PredictRows(engine, inputs, predictions, new int[Math.Min(size.BatchSize, inputs.Count)], told);
        told.PredictEnd();
        return predictions;
    }

    private void PredictRows(Engine engine, Dataset data, float[,] predictions, int[] scratch, CallbackList told)
    {
        int count = predictions.GetLength(0);
        using PredictionPool.Lease lease = engine.Predictions.Rent(scratch.Length);
        for (int done = 0, batch = 0; done < count; batch++)
        {
            told.PredictBatchBegin(batch);
            ThrowIfDisposed();
            Span<int> rows = scratch.AsSpan(0, Math.Min(scratch.Length, count - done));
            RowOrder.Fill(rows, done);
            CopyRows(lease.Seat.Predict(data, rows), predictions, done);
            told.PredictBatchEnd(batch);
            done += rows.Length;
        }
    }

    private static void CopyRows(NoptMatrix source, float[,] destination, int firstRow)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            for (int column = 0; column < source.Columns; column++)
                destination[firstRow + row, column] = (float)BatchOutcome.Element(source, row, column);
        }
    }

    private ReadOnlySpan<int> FirstRows(int count)
    {
        if (_firstRows.Length < count)
        {
            _firstRows = new int[count];
            RowOrder.Fill(_firstRows, 0);
        }
        return _firstRows.AsSpan(0, count);
    }
}
