using NativeOpt.Cli.Tutorial;
using NativeOpt.Cli.Tutorial.Inputs;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>Raw and standardized inputs, and first weights.</summary>
public sealed class InputsStudyTests
{
    [Fact]
    public void Standardized_ColumnsHaveMeanZeroAndDeviationOne_AndRawOnesDoNot()
    {
        InputsData raw = InputsData.Make(200, seed: 1), prepared = raw.Prepare(Preparation.Standardized);

        Assert.Same(raw, raw.Prepare(Preparation.Raw));
        Assert.InRange(Deviations(raw).Max() / Deviations(raw).Min(), 5, 1000);
        Assert.All(Deviations(prepared), deviation => Assert.Equal(1, deviation, 1e-3));
        Assert.Equal((150, 50), (prepared.Train.Count, prepared.Test.Count));
    }

    [Theory]
    [InlineData("relu", "he_normal", 0.3, 3)]
    [InlineData("relu", "glorot_uniform", 0, 0.05)]
    [InlineData("tanh", "glorot_uniform", 0.05, 0.6)]
    public void Signals_KeepTheirSizeUnderTheRightWeights(string activation, string initializer, double low, double high)
    {
        Features rows = InputsData.Make(200, seed: 1).Prepare(Preparation.Standardized).Train.X;

        IReadOnlyList<double> signals = new InputsNetwork(activation, initializer, Depth: 16, Width: 48).MeasureSignals(rows, seed: 1);

        Assert.Equal(16, signals.Count);
        Assert.InRange(signals[^1], low, high);
    }

    [Fact]
    public void Results_FollowFromTheSeed_AndStatementsFromTheResults()
    {
        InputsResult result = Run(), again = Run();

        Assert.Equal(16, result.Scaling.Count);
        Assert.Equal(4, result.Deep.Count);
        Assert.Equal(result.Scaling.Select(run => run.Loss.Mean), again.Scaling.Select(run => run.Loss.Mean));
        InputsStatement deep = result.Statements.First(s => s.Words == "he_normal for relu");
        Assert.Equal(result.Deep[0].Run.Loss.Values, deep.First.Values);
        Assert.Equal(result.Deep[1].Run.Loss.Values, deep.Second.Values);
        Assert.Equal(6, result.Statements.Count);
    }

    private static InputsResult Run() => new InputsStudy(120, 2, [1, 2], BackendKind.Auto)
        .Run(new ExperimentProgress(TextWriter.Null, isInteractive: false), CancellationToken.None);

    private static double[] Deviations(InputsData data)
    {
        float[,] rows = data.Train.X.ToArray();
        return [.. Enumerable.Range(0, rows.GetLength(1)).Select(column =>
        {
            double[] values = [.. Enumerable.Range(0, rows.GetLength(0)).Select(row => (double)rows[row, column])];
            return Math.Sqrt(values.Average(value => value * value) - values.Average() * values.Average());
        })];
    }
}
