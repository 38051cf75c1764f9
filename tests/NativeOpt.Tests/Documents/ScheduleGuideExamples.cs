using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Schedules/README.md, word for word.</summary>
public class ScheduleGuideExamples
{
    [Fact]
    public void Schedules_AreComposed()
    {
        Schedule cosine = new CosineDecay(1e-3, 10_000) { Alpha = 0.01 };
        Schedule whole = cosine.WithWarmup(500).Then(new ConstantSchedule(1e-5), atStep: 10_500);
        double[] plot = whole.Preview(11_000);
        Schedule epochs = new StepLR(0.1, 30).PerEpoch(stepsPerEpoch: 469);

        Assert.Equal((11_000, 1e-5, 1e-3), (plot.Length, plot[^1], plot.Max()));
        Assert.Equal((0.1, 0.1 * 0.1), (epochs.ValueAt(30 * 469 - 1), epochs.ValueAt(30 * 469)));
    }

    [Fact]
    public void AnOptimizer_FollowsSeveral()
    {
        var cycle = new OneCycleLR(0.1, totalSteps: 5000);
        using var optimizer = new Optimizer(new Sgd { LearningRate = cycle, Momentum = 0.9 });
        optimizer.Schedules["Momentum"] = cycle.MomentumSchedule();
        optimizer.Schedules["WeightDecay"] = new CosineDecay(1e-4, 5000);

        optimizer.Step(new float[3], new float[3]);
        Assert.Equal(cycle.ValueAt(1), optimizer.LearningRate);
    }

    [Fact]
    public void Schedules_AreText()
    {
        Schedule schedule = Schedule.Parse("cosine_decay(initial_learning_rate=1e-3, decay_steps=1000)");
        OptimizerRule rule = OptimizerRule.Parse("adam(lr=step_lr(lr=0.1, step_size=30), beta_1=0.8)");
        string text = rule.ToString();                                   // OptimizerRule.Parse reads it
        ScheduleSettings settings = schedule.GetSettings();              // for files: Schedule.FromSettings(name, settings)

        Schedule.Register("own_halving", settings => new Halving(settings.Number("first")),
            halving => new ScheduleSettings { ["first"] = halving.First });

        Assert.Equal(schedule, Schedule.FromSettings("cosine_decay", settings));
        Assert.Equal(rule, OptimizerRule.Parse(text));
        Assert.Equal(new Halving(0.5), Schedule.Parse("own_halving(first=0.5)"));
    }

    [Fact]
    public void CallbacksAndTheFinder_ChangeTheRate()
    {
        using Sequential model = TestModels.Digits();
        InMemoryDataset digits = DigitsData.Rows(0, 64);
        (Features x, Targets y) = (digits.X, digits.Y);

        model.Fit(x, y, epochs: 100, validationSplit: 0.1, callbacks:
        [
            new LearningRateScheduler(epoch => 0.1 / (1 + epoch)),      // or a schedule whose steps are epochs
            new ReduceLROnPlateau { Factor = 0.5, Patience = 5 },       // multiplies whatever the rate follows
            new EarlyStopping { Patience = 10, RestoreBestWeights = true },
        ]);
        LearningRateCurve curve = new LearningRateFinder().Run(model, x, y);   // the range test; the model comes out as it went in

        Assert.NotEmpty(curve.LearningRates);
    }

    public sealed record Halving(double First) : Schedule
    {
        protected override double Compute(long t) => First / Math.Pow(2, t);
    }
}
