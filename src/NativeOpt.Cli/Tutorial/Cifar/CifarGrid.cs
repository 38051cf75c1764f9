namespace NativeOpt.Cli.Tutorial.Cifar;

/// <summary>Which settings are tried.</summary>
/// <param name="Rates">Learning rates, each with every optimizer.</param>
/// <param name="BatchSizes">Batch sizes.</param>
/// <param name="Initializers">First weights of the hidden layers.</param>
/// <param name="IsFull">All combinations; else one factor at a time.</param>
internal sealed record CifarGrid(
    IReadOnlyList<double> Rates, IReadOnlyList<int> BatchSizes, IReadOnlyList<string> Initializers, bool IsFull)
{
    /// <summary>The grid of the tutorial, or with --quick a part of it.</summary>
    public static CifarGrid Of(TutorialSettings settings) => settings.Quick
        ? new([0.01, 0.001], [32, 64], ["glorot_uniform", "he_normal"], settings.FullGrid)
        : new([0.1, 0.01, 0.001, 0.0001], [32, 64, 128], ["glorot_uniform", "he_normal"], settings.FullGrid);

    /// <summary>How many settings there will be.</summary>
    public int Count => CifarSetting.Optimizers.Count * (IsFull
        ? Rates.Count * BatchSizes.Count * Initializers.Count
        : Rates.Count + BatchSizes.Count - 1 + Initializers.Count - 1);

    /// <summary>What is tried first: every optimizer with every rate, or everything.</summary>
    public IEnumerable<CifarSetting> First() =>
        from optimizer in CifarSetting.Optimizers
        from rate in Rates
        from size in IsFull ? BatchSizes : [CifarSetting.Base.BatchSize]
        from initializer in IsFull ? Initializers : [CifarSetting.Base.Initializer]
        select new CifarSetting(optimizer, rate, size, initializer);

    /// <summary>What is tried after that: around the best rate of an optimizer, another batch size or other first weights.</summary>
    public IEnumerable<CifarSetting> Around(CifarSetting best) => IsFull ? [] :
    [
        .. BatchSizes.Where(size => size != best.BatchSize).Select(size => best with { BatchSize = size }),
        .. Initializers.Where(name => name != best.Initializer).Select(name => best with { Initializer = name }),
    ];
}
