using NativeOpt.Data;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt;

// Steps that are taken back.
public abstract partial class Model
{
    /// <summary>
    /// Trains with a fresh optimizer of the model's rule and rates that somebody else chooses, then puts everything back: parameters,
    /// gradients, and the count of training passes that random layers draw from.
    /// </summary>
    /// <param name="data">Inputs and targets; shuffled, again and again.</param>
    /// <param name="batchSize">Rows of a step.</param>
    /// <param name="chooseRate">From the number of the step, from 0, to its rate; null ends the test.</param>
    /// <param name="look">Told the loss before each step; false ends the test.</param>
    internal void TryRates(Dataset data, int batchSize, Func<int, double?> chooseRate, Func<double, bool> look)
    {
        using OperationGate.Scope scope = _gate.Enter();
        if (_isFitting)
            throw new InvalidOperationException("a Fit runs on this model");
        RunSize.Check(batchSize, nameof(batchSize));
        Engine engine = RequireCompiled(DataRanges.All(data, ArgumentNames.Dataset));
        ParameterArena arena = engine.Network.Arena;
        byte[] parameters = arena.Parameters.AsSpan<byte>().ToArray(), gradients = arena.Gradients.AsSpan<byte>().ToArray();
        long passes = engine.Network.TrainingPasses;
        using var optimizer = new Optimizer(Optimizer!.Rule);
        try
        {
            var batches = new RepeatedBatches(data, batchSize, (ulong)Seed);
            for (int step = 0; chooseRate(step) is { } rate; step++)
            {
                engine.ClearGradients();
                ReadOnlySpan<int> rows = batches.Next();
                engine.Forward(data, rows);
                if (!look(engine.Backward(data, rows)))
                    break;
                optimizer.LearningRate = rate;
                if (optimizer.TakesSecondGradient)
                {
                    engine.Climb(optimizer);
                    engine.Forward(data, rows);
                    engine.Backward(data, rows);
                }
                engine.Update(optimizer);
            }
        }
        finally
        {
            parameters.CopyTo(arena.Parameters.AsSpan<byte>());
            gradients.CopyTo(arena.Gradients.AsSpan<byte>());
            engine.Network.TrainingPasses = passes;
        }
    }

    /// <summary>Batches of a data set in a new order in each pass, without end.</summary>
    private sealed class RepeatedBatches(Dataset data, int batchSize, ulong seed)
    {
        private readonly int[] _order = new int[data.Count];
        private int _next = data.Count;
        private long _epoch;

        public ReadOnlySpan<int> Next()
        {
            if (_next == _order.Length)
            {
                RowOrder.Fill(_order, 0);
                RowOrder.Shuffle(_order, data, seed, _epoch++);
                _next = 0;
            }
            int first = _next;
            _next = Math.Min(_order.Length, first + batchSize);
            return _order.AsSpan(first, _next - first);
        }
    }
}
