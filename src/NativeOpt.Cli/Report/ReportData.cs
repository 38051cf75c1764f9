using System.Text.Json.Nodes;
using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report;

/// <summary>What the script shows under the pointer: per run and epoch, the two numbers of each chart as text.</summary>
internal static class ReportData
{
    /// <summary>JSON in which no character can end the element it stands in.</summary>
    public static string Write(ComparisonResults results) => new JsonArray([.. results.Runs.Select(run => (JsonNode)new JsonObject
    {
        ["label"] = run.Label,
        ["loss"] = Pairs(run, e => LossText(e.Loss), e => LossText(e.ValLoss)),
        ["accuracy"] = Pairs(run,
            e => double.IsFinite(e.Loss) ? Share(e.Accuracy) : Diverged,
            e => double.IsFinite(e.ValLoss) ? Share(e.ValAccuracy) : Diverged),
    })]).ToJsonString();

    private static JsonArray Pairs(RunResult run, Func<EpochNumbers, string> train, Func<EpochNumbers, string> validation) =>
        new([.. run.Epochs.Select(e => (JsonNode)new JsonArray(train(e), validation(e)))]);
}
