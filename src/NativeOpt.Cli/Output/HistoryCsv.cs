using System.Globalization;
using System.Text;
using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Output;

/// <summary>
/// history.csv: one row an epoch and run. RFC 4180, but lines end with LF; numbers have a point, and are NaN where a run diverged.
/// </summary>
internal static class HistoryCsv
{
    public const string Header = "run,optimizer,epoch,loss,accuracy,val_loss,val_accuracy,seconds,samples_per_second";

    public static string Write(ComparisonResults results)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (RunResult run in results.Runs)
            foreach (EpochNumbers epoch in run.Epochs)
                text.Append(CultureInfo.InvariantCulture, $"{Csv.Field(run.Label)},{Csv.Field(run.Optimizer)},{epoch.Epoch},")
                    .Append(CultureInfo.InvariantCulture, $"{epoch.Loss:R},{epoch.Accuracy:R},{epoch.ValLoss:R},{epoch.ValAccuracy:R},")
                    .Append(CultureInfo.InvariantCulture, $"{epoch.Seconds:R},{epoch.SamplesPerSecond:R}\n");
        return text.ToString();
    }
}
