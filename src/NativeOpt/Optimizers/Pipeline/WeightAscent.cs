using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// What a step of <see cref="Sam"/> does before its update: it moves the weights of a model up the loss, and once a second gradient is
/// there, back to the last bit.
/// </summary>
internal sealed unsafe class WeightAscent(Sam sam) : IDisposable
{
    // A climb is a step like others: the pipeline unscales the gradients, adds the penalties and takes the sums.
    private readonly Optimizer _climb = new(new SamAscent(sam));
    private ParameterArena? _arena;
    private AlignedBuffer? _before;
    private PenaltyGradients? _penalties;

    /// <summary>Whether the weights are those it has moved to.</summary>
    public bool IsAway { get; private set; }

    /// <summary>The schedule of rho.</summary>
    public OptimizerSchedules Schedules => _climb.Schedules;

    /// <summary>Whether a setting is of the climb and not of the rule that updates.</summary>
    public bool Has(string setting) => _climb.Rule.SettingOrNull(setting) is not null;

    /// <summary>Takes over a model, or a model that was compiled anew.</summary>
    public void Attach(ParameterArena arena, IBackend backend)
    {
        Return();
        _climb.Attach(arena, backend);
        _arena = arena;
        _before ??= AlignedBuffer.Allocate(arena.Parameters.ByteCount);
        _penalties?.Dispose();
        _penalties = new PenaltyGradients(arena, backend);
    }

    /// <summary>Keeps the weights and climbs along the gradients that are there, and those of the penalties.</summary>
    /// <param name="position">The steps that schedules have counted.</param>
    /// <param name="gradientScale">What turns the gradients into those of the loss.</param>
    public void Climb(long position, double gradientScale)
    {
        Copy(_arena!.Parameters, _before!);
        IsAway = true;
        try
        {
            _climb.StepArena(position, gradientScale);
        }
        catch
        {
            Return();
            throw;
        }
    }

    /// <summary>Adds the gradients of the penalties at the weights as they are, times a factor.</summary>
    public void AddPenalties(double factor) => _penalties!.Add(factor);

    /// <summary>
    /// Brings back the weights, and what lies beside them, such as moving statistics; does nothing where nothing was moved.
    /// </summary>
    public void Return()
    {
        // A model that is closed has no weights any more.
        if (IsAway && !_arena!.Parameters.IsClosed)
            Copy(_before!, _arena.Parameters);
        IsAway = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        _climb.Dispose();
        _penalties?.Dispose();
        _before?.Dispose();
    }

    private static void Copy(AlignedBuffer from, AlignedBuffer to) =>
        Buffer.MemoryCopy(from.Pointer, to.Pointer, to.ByteCount, from.ByteCount);
}
