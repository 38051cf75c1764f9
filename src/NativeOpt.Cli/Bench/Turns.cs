using System.Diagnostics;

namespace NativeOpt.Cli.Bench;

/// <summary>
/// Lets contestants take turns within one process, because a shared machine is quick in one second and slow in the next: only what
/// happens in turns can be compared.
/// </summary>
/// <param name="Rounds">Turns of each contestant.</param>
/// <param name="Seconds">That a turn lasts, about.</param>
/// <param name="WarmUp">Seconds that each works before it counts: the runtime compiles anew what runs often.</param>
internal sealed record Turns(int Rounds, double Seconds, double WarmUp)
{
    private const int MaxCalls = 10_000_000;

    /// <summary>Seconds of one call of each contestant, in their order.</summary>
    /// <param name="contestants">Work that may be done any number of times.</param>
    /// <param name="cancellation">Looked at before each turn.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Sample[] Take(IReadOnlyList<Action> contestants, CancellationToken cancellation = default)
    {
        int[] calls = [.. contestants.Select(contestant => CallsOf(contestant, cancellation))];
        double[][] seconds = [.. contestants.Select(_ => new double[Rounds])];
        for (int round = 0; round < Rounds; round++)
            for (int i = 0; i < calls.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                seconds[i][round] = SecondsOf(contestants[i], calls[i]);
            }
        return [.. seconds.Select(values => new Sample(values))];
    }

    /// <summary>Warms up.</summary>
    /// <returns>Calls that fill a turn, from the quickest call seen.</returns>
    private int CallsOf(Action contestant, CancellationToken cancellation)
    {
        double quickest = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        for (int calls = 1; ; calls = Math.Min(2 * calls, MaxCalls))
        {
            cancellation.ThrowIfCancellationRequested();
            quickest = Math.Min(quickest, SecondsOf(contestant, calls));
            double left = WarmUp - Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (left <= 0)
                return (int)Math.Clamp(Seconds / quickest, 1, MaxCalls);
            // Doubling must not run far past the end of the warm-up.
            if (calls * quickest > left)
                calls = Math.Max(1, calls / 4);
        }
    }

    private static double SecondsOf(Action contestant, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            contestant();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }
}
