using NativeOpt.Cli.Replay;
using Xunit;

namespace NativeOpt.Tests.Replay;

/// <summary>Chains of schedulers; the expected rates are those of PyTorch 1.13 with SGD(lr=0.1).</summary>
public class ChainedSchedulerTests
{
    public static TheoryData<string, double[]> Chains => new()
    {
        {
            """{"ConstantLR": {"factor": 0.5, "total_iters": 3}}, {"CosineAnnealingLR": {"T_max": 4, "eta_min": 0.01}}""",
            [
                0.05, 0.044142135623730955, 0.03, 0.024644660940672625, 0.01, 0.023180194846605363,
                0.05500000000000002, 0.08681980515339469, 0.10000000000000006, 0.0868198051533947, 0.05500000000000005,
            ]
        },
        {
            """{"LambdaLR": {"lr_lambda": "lambda t: 1/(1+t)"}}, {"ExponentialLR": {"gamma": 0.9}}""",
            [0.1, 0.045000000000000005, 0.03, 0.022500000000000003, 0.018000000000000006]
        },
        {
            """{"ExponentialLR": {"gamma": 0.9}}, {"CosineAnnealingWarmRestarts": {"T_0": 3}}""",
            [0.1, 0.07500000000000001, 0.025000000000000012, 0.1, 0.07500000000000001]
        },
        {
            """{"ConstantLR": {"factor": 0.5, "total_iters": 0}}, {"StepLR": {"step_size": 2, "gamma": 0.5}}""",
            [0.05, 0.05, 0.025, 0.025, 0.0125, 0.0125]
        },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void AChain_GivesTheRatesOfPyTorch(string schedulers, double[] rates)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "case.json");
        string expected = string.Join(", ", rates.Select(rate => rate.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        File.WriteAllText(path, $$"""
            {"schema": "nativeopt-golden/1", "problems": {}, "cases": [{"name": "a", "kind": "lr_schedule", "convention": "pytorch",
              "scheduler": "ChainedScheduler", "hyper": {"optimizer_lr": 0.1, "schedulers": [{{schedulers}}]},
              "expected": {"lr": [{{expected}}]} }]}
            """);

        CaseResult result = Replayer.Replay(GoldenFile.Load(path).Cases[0], ReplayTarget.ManagedDouble, new ReplayOptions());

        Assert.True(result.Passed, string.Join('\n', result.Problems));
    }
}
