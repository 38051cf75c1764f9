namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>Gradient descent on all rows, on some and on one at a time, under one seed.</summary>
internal sealed class BatchTrials
{
    private static readonly double[] Rates = [3, 1, 0.3, 0.1, 0.03, 0.01];

    /// <summary>What became of a training.</summary>
    /// <param name="LearningRate">The rate after whose passes least of the loss is left.</param>
    /// <param name="Left">What is left of the loss, as a share, after all passes.</param>
    /// <param name="LeftAfterOne">What is left after one pass.</param>
    /// <param name="Rising">Share of the steps after which the loss of all rows is higher than before, at a rate of 0.03.</param>
    internal sealed record Trial(double LearningRate, double Left, double LeftAfterOne, double Rising);

    /// <summary>All rows a step.</summary>
    public required Trial Full { get; init; }

    /// <summary>32 rows a step.</summary>
    public required Trial Mini { get; init; }

    /// <summary>One row a step.</summary>
    public required Trial Single { get; init; }

    /// <summary>Test accuracy of full batches divided by that of batches of 32, on 120 rows and on more than a thousand.</summary>
    public required (double Small, double Large) FullAgainstMini { get; init; }

    /// <summary>Test accuracy after one pass over rows that are seen once, divided by that after ten passes over a tenth of them.</summary>
    public required double OnlineAgainstMany { get; init; }

    /// <summary>Share of the techniques beside full batches with which the loss still falls below a half.</summary>
    public required double Combinable { get; init; }

    /// <summary>Measures everything.</summary>
    public static BatchTrials Of(ClaimsSettings settings, long seed)
    {
        var bench = new Bench(settings, seed);
        int epochs = settings.Pick(20, 3), rows = settings.Pick(400, 60);
        NetworkProblem some = NetworkProblem.Digits(settings.Pick(10, 3), 32).FirstRows(rows);
        return new BatchTrials
        {
            Full = bench.Measure(some, rows),
            Mini = bench.Measure(some, 32),
            Single = bench.Measure(some, 1),
            FullAgainstMini = (
                bench.FullAgainstMini(NetworkProblem.Iris(3 * epochs)), bench.FullAgainstMini(NetworkProblem.Digits(epochs, 32))),
            OnlineAgainstMany = bench.Online(settings.Pick(5000, 400)),
            Combinable = bench.Combine(NetworkProblem.Iris(2 * epochs)),
        };
    }

    private sealed class Bench(ClaimsSettings settings, long seed)
    {
        public Trial Measure(NetworkProblem problem, int batchSize)
        {
            (double rate, NetworkTrial best) = Best(problem, batchSize);
            NetworkTrial one = (problem with { Epochs = 1 }).Run(new Sgd { LearningRate = rate }, seed, settings.Backend, batchSize);
            return new Trial(rate, best.Left, one.Left, ShareRising(problem, batchSize));
        }

        public double FullAgainstMini(NetworkProblem problem) =>
            Best(problem, problem.Train.Count).Trial.TestAccuracy / Best(problem, 32).Trial.TestAccuracy;

        public double Online(int rows)
        {
            const int passes = 10;
            NetworkProblem stream = NetworkProblem.MadeUp(rows, epochs: 1, seed);
            NetworkProblem repeated = stream.FirstRows(stream.Train.Count / passes) with { Epochs = passes };
            return Best(stream, batchSize: 1).Trial.TestAccuracy / Best(repeated, batchSize: 1).Trial.TestAccuracy;
        }

        public double Combine(NetworkProblem problem)
        {
            const double rate = 0.1;
            int steps = problem.Epochs;
            (OptimizerRule Rule, Regularizer? Penalty)[] techniques =
            [
                (new Sgd { LearningRate = rate, Momentum = 0.9 }, null),
                (new Sgd { LearningRate = new CosineDecay(2 * rate, steps) }, null),
                (new Sgd { LearningRate = rate, GlobalClipNorm = 1 }, null),
                (new Sgd { LearningRate = rate, WeightDecay = 0.01 }, null),
                (new Sgd { LearningRate = rate, UseEma = true, EmaMomentum = 0.5 }, null),
                (new Sgd { LearningRate = rate }, new L2(0.001)),
            ];
            return techniques.Average(technique =>
                problem.Run(technique.Rule, seed, settings.Backend, problem.Train.Count, technique.Penalty).Left < 0.5 ? 1.0 : 0);
        }

        private (double Rate, NetworkTrial Trial) Best(NetworkProblem problem, int batchSize) => Rates
            .Select(rate => (rate, problem.Run(new Sgd { LearningRate = rate }, seed, settings.Backend, batchSize)))
            .MinBy(pair => pair.Item2.Left);

        private double ShareRising(NetworkProblem problem, int batchSize)
        {
            // The same for all sizes: a rate at the limit of what is stable would tell more of the rate than of the batch.
            const double rate = 0.03;
            using Sequential model = problem.Create(new Sgd { LearningRate = rate }, seed, settings.Backend);
            double last = model.Evaluate(problem.Train, problem.Train.Count).Loss;
            var falls = new LossAfterSteps(problem.Train, last);
            int epochs = batchSize == problem.Train.Count ? problem.Epochs : 1;
            model.Fit(problem.Train, epochs, batchSize, seed: seed, callbacks: [falls]);
            return (double)falls.Rises / falls.Steps;
        }
    }

    /// <summary>Counts the steps after which the loss of all rows is higher than before.</summary>
    private sealed class LossAfterSteps(Dataset rows, double last) : Callback
    {
        private double _last = last;

        public int Steps { get; private set; }

        public int Rises { get; private set; }

        public override void OnBatchEnd(int batch, TrainingLogs logs)
        {
            double loss = Model.Evaluate(rows, rows.Count).Loss;
            Steps++;
            Rises += loss > _last ? 1 : 0;
            _last = loss;
        }
    }
}
