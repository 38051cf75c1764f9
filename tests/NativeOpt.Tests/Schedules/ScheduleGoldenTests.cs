using NativeOpt.Schedules;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Schedules;

/// <summary>Replays what PyTorch and Keras computed: tests/golden/schedules_*.json and early_stopping_keras.json.</summary>
public class ScheduleGoldenTests
{
    /// <summary>Relative: PyTorch multiplies from step to step, which adds up rounding errors.</summary>
    private const double Tolerance = 1e-11;

    private static readonly Dictionary<string, GoldenFile> Files =
        new[] { "schedules_keras.json", "schedules_pytorch.json", "early_stopping_keras.json" }.ToDictionary(name => name, GoldenFile.Load);

    public static TheoryData<string, string> Schedules => Cases("lr_schedule");

    public static TheoryData<string, string> Plateaus => Cases("lr_plateau");

    public static TheoryData<string, string> EarlyStops => Cases("early_stopping");

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Preview_OfAGoldenCase_GivesTheRates(string file, string name)
    {
        GoldenCase golden = Files[file][name];
        Schedule schedule = GoldenSchedule.Create(golden.Text("scheduler"), golden.Json("hyper"));
        AssertClose(golden.Numbers("expected.lr"), schedule.Preview(golden.Count("expected.lr")), "lr");

        foreach (string moved in new[] { "expected.momentum", "expected.beta1" })
            if (golden.Has(moved))
            {
                Schedule momentum = schedule is CyclicLR cyclic ? cyclic.MomentumSchedule() : ((OneCycleLR)schedule).MomentumSchedule();
                AssertClose(golden.Numbers(moved), momentum.Preview(golden.Count(moved)), moved);
            }
    }

    [Theory]
    [MemberData(nameof(Plateaus))]
    public void Next_OfAPlateauOnAGoldenCase_GivesTheRates(string file, string name)
    {
        GoldenCase golden = Files[file][name];
        var read = new GoldenHyper(golden.Json("hyper"));
        read.Text("mode_note", "");
        double rate = read.Number("optimizer_lr");
        bool keras = golden.Text("convention") == "keras";
        ReduceOnPlateau rule = Plateau(read, keras);
        read.RequireAllUsed();

        PlateauState state = rule.Start;
        var rates = new List<double>();
        foreach (double value in golden.Numbers("metrics"))
        {
            state = rule.Next(state, value, rate);
            rates.Add(rate * state.Scale);
        }
        AssertClose(golden.Numbers("expected.lr"), [.. rates], "lr");
    }

    [Theory]
    [MemberData(nameof(EarlyStops))]
    public void Next_OfEarlyStoppingOnAGoldenCase_StopsAndRestoresThere(string file, string name)
    {
        GoldenCase golden = Files[file][name];
        var read = new GoldenHyper(golden.Json("hyper"));
        bool restores = read.Flag("restore_best_weights");
        var rule = new EarlyStop
        {
            Improvement = new(Mode(read), Math.Abs(read.Number("min_delta", 0)), Relative: false),
            Patience = (int)read.Whole("patience", 0),
            Baseline = read.Find("baseline")?.GetDouble(),
            StartFromEpoch = (int)read.Whole("start_from_epoch", 0),
        };
        read.RequireAllUsed();

        double[] metrics = golden.Numbers("metrics");
        EarlyStopState state = rule.Start;
        int epoch = 0;
        for (; epoch < metrics.Length && !state.Stops; epoch++)
            state = rule.Next(state, epoch, metrics[epoch]);

        Assert.Equal(Epoch(golden, "expected.stopped_at"), state.Stops ? epoch - 1 : null);
        Assert.Equal(Epoch(golden, "expected.restored_from_epoch"), restores ? state.KeptEpoch : null);
        Assert.Equal(Epoch(golden, "expected.best_epoch"), state.BestEpoch);
        Assert.Equal(golden.Number("expected.best"), state.Best);
    }

    /// <summary>Nothing in the files is left out.</summary>
    [Fact]
    public void Cases_AreAllReplayed()
    {
        Assert.Equal([15, 28, 9], Files.Values.Select(file => file.Cases.Count));
        Assert.Equal(52, Schedules.Count + Plateaus.Count + EarlyStops.Count);
    }

    private static TheoryData<string, string> Cases(string kind)
    {
        var data = new TheoryData<string, string>();
        foreach ((string file, GoldenFile content) in Files)
            foreach (GoldenCase golden in content.Cases.Where(golden => golden.Kind == kind))
                data.Add(file, golden.Name);
        return data;
    }

    private static ReduceOnPlateau Plateau(GoldenHyper read, bool keras) => new()
    {
        Convention = keras ? Convention.Keras : Convention.PyTorch,
        // Keras' files have the sign that its comparison needs; the argument of the callback has none.
        Improvement = keras
            ? new(Mode(read), Math.Abs(read.Number("min_delta", 1e-4)), Relative: false)
            : new(Mode(read), read.Number("threshold", 1e-4), read.Text("threshold_mode", "rel") == "rel"),
        Factor = read.Number("factor", 0.1),
        Patience = (int)read.Whole("patience", 10),
        Cooldown = (int)read.Whole("cooldown", 0),
        MinLearningRate = read.Number("min_lr", 0),
        Eps = read.Number("eps", 1e-8),
    };

    /// <summary>No monitored value of the files has "acc" in its name, so "auto" is "min".</summary>
    private static MonitorMode Mode(GoldenHyper read) => read.Text("mode", "auto") == "max" ? MonitorMode.Max : MonitorMode.Min;

    private static int? Epoch(GoldenCase golden, string path) =>
        golden.Json(path).ValueKind == System.Text.Json.JsonValueKind.Null ? null : golden.Json(path).GetInt32();

    private static void AssertClose(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Abs(expected[i]) + 1e-16,
                $"{what}[{i}] is {actual[i]:R}, expected {expected[i]:R}");
    }
}
