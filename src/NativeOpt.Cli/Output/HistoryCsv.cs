using System.Globalization;
using System.Text;
using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Output;

/// <summary>
/// history.csv: one row for each epoch of each run. RFC 4180, but lines end with LF; numbers have a point, and are NaN where a run
/// diverged. The learning rate is that after the epoch.
/// </summary>
internal static class HistoryCsv
{
    public const string Header = "run,optimizer,batch_size,initializer,schedule,seed,epoch,loss,accuracy,val_loss,val_accuracy,"
        + "learning_rate,seconds,samples_per_second";

    public static string Write(ComparisonResults results)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (RunResult run in results.Runs)
        {
            string settings = string.Join(',',
                Csv.Field(run.Label), Csv.Field(run.Optimizer), NumberText.Plain(run.BatchSize), Csv.Field(run.Initializer),
                Csv.Field(run.Schedule ?? CompareSettings.NoSchedule));
            foreach (SeedResult seed in run.Seeds)
                foreach (EpochNumbers epoch in seed.Epochs)
                    AddRow(text.Append(settings).Append(CultureInfo.InvariantCulture, $",{seed.Seed},"), epoch);
        }
        return text.ToString();
    }

    private static void AddRow(StringBuilder text, EpochNumbers epoch) => text
        .Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Loss:R},{epoch.Accuracy:R},{epoch.ValLoss:R},{epoch.ValAccuracy:R},")
        .Append(CultureInfo.InvariantCulture, $"{epoch.LearningRate:R},{epoch.Seconds:R},{epoch.SamplesPerSecond:R}\n");
}
