namespace NativeOpt.Cli.Display;

/// <summary>What of a run's row fits into the terminal.</summary>
/// <param name="Label">Room for the label.</param>
/// <param name="Bar">Width of the bar; 0: none.</param>
/// <param name="Loss">Whether the loss is shown.</param>
/// <param name="Accuracy">Whether the accuracy is shown.</param>
/// <param name="Pace">Whether the samples per second are shown.</param>
internal sealed record LiveLayout(int Label, int Bar, bool Loss, bool Accuracy, bool Pace)
{
    private const int WidestBar = 24, NarrowBar = 8, NarrowLabel = 16;

    /// <summary>"epoch 100/100 ", "loss diverged ", "accuracy 100.00% ", "1,234,567 samples/s ": with a space after it.</summary>
    private const int EpochRoom = 14, LossRoom = 14, AccuracyRoom = 17, PaceRoom = 20;

    /// <summary>The row that shows most in <paramref name="width"/> columns.</summary>
    /// <param name="width">Of the terminal.</param>
    /// <param name="longest">Length of the longest label.</param>
    public static LiveLayout For(int width, int longest)
    {
        int narrow = Math.Min(longest, NarrowLabel) + 1;
        // The last column is left free: some terminals wrap when it is written to.
        int room = width - 1 - EpochRoom - narrow;
        bool Take(int need)
        {
            bool fits = room >= need;
            room -= fits ? need : 0;
            return fits;
        }
        bool loss = Take(LossRoom), accuracy = Take(AccuracyRoom);
        int bar = Take(NarrowBar + 1) ? NarrowBar : 0;
        bool pace = Take(PaceRoom);
        int label = Math.Max(1, Math.Min(longest, narrow - 1 + room));
        room -= label - (narrow - 1);
        return new LiveLayout(label, bar == 0 ? 0 : Math.Min(WidestBar, bar + room), loss, accuracy, pace);
    }
}
