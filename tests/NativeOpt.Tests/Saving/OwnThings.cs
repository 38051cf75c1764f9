using NativeOpt.Tests.Optimizers;

namespace NativeOpt.Tests.Saving;

/// <summary>One of everything that users write, under registered names.</summary>
internal static class OwnThings
{
    static OwnThings()
    {
        Layer.Register(
            "json_shift", settings => new Shift(settings.Number("by"), settings.OptionalWord("note")), layer => layer.Settings());
        Activation.Register(Activation.Custom("json_twice", Twice, TwiceGradient));
        Initializer.Register("own_json_ramp", () => new Ramp());
        Regularizer.Register("json_penalty", new Fourth());
        Constraint.Register("json_limit", new Limit());
        Loss.Register("json_quartic", () => new Quartic());
        Metric.Register("json_rows", () => new Rows());
        Schedule.Register("json_halving", settings => new Halving(settings.Number("start")),
            schedule => new ScheduleSettings { ["start"] = schedule.Start });
    }

    /// <summary>A model of nothing but these, built and compiled.</summary>
    public static Sequential Model()
    {
        _ = OwnMomentum.Registered();
        var model = new Sequential(seed: 3)
        {
            new Shift(0.25, "a \"note\""),
            new Dense(4, "json_twice", kernelInitializer: "own_json_ramp", kernelRegularizer: "json_penalty", biasConstraint: "json_limit"),
            new Dropout(new Halving(0.5)),
            new Dense(2),
        };
        model.Compile("own_momentum(lr=json_halving(start=0.05), mu=0.5)", "json_quartic", ["json_rows"], BackendKind.Managed);
        model.Build(3);
        return model;
    }

    private static void Twice(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = 2 * x[i];
    }

    private static void TwiceGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) =>
        Twice(dy, dx);

    public sealed class Shift(double by, string? note) : CustomLayer
    {
        public ScheduleSettings Settings() => new() { ["by"] = by, ["note"] = note };

        protected override void Forward<T>(in LayerForward<T> pass)
        {
            for (int i = 0; i < pass.X.Length; i++)
                pass.Y[i] = pass.X[i] + T.CreateChecked(by);
        }

        protected override void Backward<T>(in LayerBackward<T> pass)
        {
            if (pass.NeedsDx)
                pass.Dy.CopyTo(pass.Dx);
        }
    }

    public sealed record Ramp : CustomInitializer
    {
        protected override void Fill(Span<float> values, ParameterInfo parameter)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = (i - 4) * 0.05f;
        }
    }

    public sealed record Fourth : Regularizer
    {
        public override double GetPenalty(ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
        {
            double sum = 0;
            foreach (float value in values)
                sum += value * value * value * value;
            return sum;
        }

        public override void AddGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> gradients)
        {
            for (int i = 0; i < values.Length; i++)
                gradients[i] += 4 * values[i] * values[i] * values[i];
        }
    }

    public sealed record Limit : Constraint
    {
        public override void Apply(Span<float> weights, ReadOnlySpan<int> shape)
        {
            foreach (ref float weight in weights)
                weight = Math.Clamp(weight, -0.25f, 0.25f);
        }
    }

    public sealed record Quartic : CustomLoss
    {
        public override string Name => "json_quartic";

        public override double Compute(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            double sum = 0;
            for (int i = 0; i < prediction.Length; i++)
            {
                double d = prediction[i] - target[i];
                sum += d * d * d * d;
                if (!gradient.IsEmpty)
                    gradient[i] = (float)(4 * d * d * d);
            }
            return sum;
        }
    }

    public sealed class Rows() : Metric("json_rows")
    {
        private double _count;

        public override double Result => _count;

        public override void Reset() => _count = 0;

        public override void Update(MetricBatch batch) => _count += batch.Rows;
    }

    public sealed record Halving(double Start) : Schedule
    {
        protected override double Compute(long t) => Start / (1 + t);
    }
}
