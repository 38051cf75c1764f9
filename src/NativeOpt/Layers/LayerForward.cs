using System.Numerics;

namespace NativeOpt;

/// <summary>What the forward of a <see cref="CustomLayer"/> reads and writes. The spans are valid until it returns.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct LayerForward<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerCallMemory _memory;

    internal LayerForward(LayerCallMemory memory, int rows, bool isTraining) => (_memory, Rows, IsTraining) = (memory, rows, isTraining);

    /// <summary>Rows of the batch, at least 1.</summary>
    public int Rows { get; }

    /// <summary>Columns of x.</summary>
    public int InputColumns => (int)_memory.X.Columns;

    /// <summary>Columns of y.</summary>
    public int OutputColumns => (int)_memory.Y.Columns;

    /// <summary>Whether this is the forward of a training step rather than of Evaluate or Predict.</summary>
    public bool IsTraining { get; }

    /// <summary>In training: number of training forwards before this one, for random numbers that backward makes again.</summary>
    public long Step => _memory.Step;

    /// <summary>Seed of the model.</summary>
    public long Seed => (long)_memory.Seed;

    /// <summary>[Rows, InputColumns], row after row.</summary>
    public ReadOnlySpan<T> X => LayerCallMemory.Rows<T>(_memory.X, Rows);

    /// <summary>[Rows, OutputColumns], row after row: to be written.</summary>
    public Span<T> Y => LayerCallMemory.Rows<T>(_memory.Y, Rows);

    /// <summary>A parameter, in the order of <see cref="CustomLayer.GetParameters"/>, row after row.</summary>
    public ReadOnlySpan<T> Parameter(int index) => _memory.Parameter<T>(index);

    /// <summary>A parameter that was declared as state; may be changed.</summary>
    /// <exception cref="InvalidOperationException">The parameter is trained.</exception>
    public Span<T> State(int index) => _memory.State<T>(index);

    /// <summary>In training: a matrix of <see cref="CustomLayer.GetKeptColumns"/>, [Rows, its columns], to be written.</summary>
    public Span<T> Kept(int index) => _memory.Kept<T>(index, Rows);
}
