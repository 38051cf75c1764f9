using System.Numerics;

namespace NativeOpt;

/// <summary>What the backward of a <see cref="CustomLayer"/> reads and writes. The spans are valid until it returns.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct LayerBackward<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerCallMemory _memory;

    internal LayerBackward(LayerCallMemory memory, int rows) => (_memory, Rows) = (memory, rows);

    /// <summary>Rows of the batch, at least 1.</summary>
    public int Rows { get; }

    /// <summary>Columns of x and dx.</summary>
    public int InputColumns => (int)_memory.X.Columns;

    /// <summary>Columns of y and dy.</summary>
    public int OutputColumns => (int)_memory.Y.Columns;

    /// <summary>Number of training forwards before the one that this belongs to.</summary>
    public long Step => _memory.Step;

    /// <summary>Seed of the model.</summary>
    public long Seed => (long)_memory.Seed;

    /// <summary>The x of forward.</summary>
    public ReadOnlySpan<T> X => LayerCallMemory.Rows<T>(_memory.X, Rows);

    /// <summary>The y of forward.</summary>
    public ReadOnlySpan<T> Y => LayerCallMemory.Rows<T>(_memory.Y, Rows);

    /// <summary>Gradient of y, row after row.</summary>
    public ReadOnlySpan<T> Dy => LayerCallMemory.Rows<T>(_memory.Dy, Rows);

    /// <summary>Gradient of x, row after row: to be written; empty where <see cref="NeedsDx"/> is false.</summary>
    public Span<T> Dx => LayerCallMemory.Rows<T>(_memory.Dx, Rows);

    /// <summary>Whether the gradient of x is wanted: not in front of everything that is trained.</summary>
    public bool NeedsDx => !Dx.IsEmpty;

    /// <summary>Whether the gradient of a parameter is wanted: not of state and not while the layer is frozen.</summary>
    public bool NeedsGradient(int index) => !Gradient(index).IsEmpty;

    /// <summary>A parameter, in the order of <see cref="CustomLayer.GetParameters"/>, row after row.</summary>
    public ReadOnlySpan<T> Parameter(int index) => _memory.Parameter<T>(index);

    /// <summary>Gradient of a parameter, to be added to; empty where <see cref="NeedsGradient"/> is false.</summary>
    public Span<T> Gradient(int index) => _memory.Gradient<T>(index);

    /// <summary>What forward has kept: a matrix of <see cref="CustomLayer.GetKeptColumns"/>.</summary>
    public ReadOnlySpan<T> Kept(int index) => _memory.Kept<T>(index, Rows);
}
