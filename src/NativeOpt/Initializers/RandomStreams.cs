namespace NativeOpt.Initializers;

/// <summary>Which Philox stream serves which purpose, so that no two purposes ever share numbers under one seed.</summary>
internal static class RandomStreams
{
    private const int PurposeShift = 56;

    /// <summary>Initial values of parameter tensor number <paramref name="tensor"/> of a model.</summary>
    public static ulong Initialization(int tensor) => (1UL << PurposeShift) | (uint)tensor;

    /// <summary>Order of the rows in epoch number <paramref name="epoch"/>.</summary>
    public static ulong Shuffle(long epoch) => (2UL << PurposeShift) | (ulong)epoch;

    /// <summary>Random numbers of layer number <paramref name="layer"/> of a model in training.</summary>
    public static ulong Layer(int layer) => (3UL << PurposeShift) | (uint)layer;

    /// <summary>Made-up data of kind number <paramref name="kind"/>.</summary>
    public static ulong Generator(int kind) => (16UL << PurposeShift) | (uint)kind;

    /// <summary>Which rows are for testing.</summary>
    public static ulong Split => 17UL << PurposeShift;
}
