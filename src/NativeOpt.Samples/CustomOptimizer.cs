namespace NativeOpt.Samples;

/// <summary>An optimizer rule written in C#, beside a rule of the library on the same network.</summary>
public static class CustomOptimizer
{
    /// <returns>Accuracy that the rule reaches on two interleaved half moons.</returns>
    public static double Run(TextWriter output)
    {
        double own = Train(new TanhMomentum(), output), adam = Train(new Adam { LearningRate = 0.01 }, output);
        output.WriteLine($"against Adam: {own - adam:+0.0%;-0.0%}");
        return own;
    }

    private static double Train(OptimizerRule rule, TextWriter output)
    {
        InMemoryDataset moons = Datasets.MakeMoons(1000, noise: 0.1, seed: 7);
        using var model = new Sequential(seed: 7) { new Dense(16, "relu", inputShape: 2), new Dense(2, "softmax") };
        model.Compile(rule, "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        model.Fit(moons, epochs: 30, batchSize: 32);
        double accuracy = model.Evaluate(moons).Accuracy!.Value;
        output.WriteLine($"{rule.Name}: {accuracy:P1}");
        return accuracy;
    }

    /// <summary>Momentum whose steps are softly limited: v = mu v + (1 - mu) g; w = w - rate tanh(k v).</summary>
    private sealed record TanhMomentum() : CustomRule(learningRate: 0.01)
    {
        private static readonly RuleSlot[] SlotTable = [new("v")];

        public override string Name => "tanh_momentum";

        public double Momentum { get; init; } = 0.9;

        public double Steepness { get; init; } = 20;

        protected override IReadOnlyList<RuleSlot> Slots => SlotTable;

        // T is float in models and double where gradients are checked.
        protected override void Update<T>(in RuleUpdate<T> update)
        {
            (T mu, T rest) = (T.CreateChecked(Momentum), T.CreateChecked(1 - Momentum));
            (T rate, T k) = (T.CreateChecked(update.LearningRate), T.CreateChecked(Steepness));
            Span<T> v = update.Slot(0);
            for (int i = 0; i < v.Length; i++)
            {
                v[i] = mu * v[i] + rest * update.Gradients[i];
                update.Weights[i] -= rate * T.Tanh(k * v[i]);
            }
        }
    }
}
