using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>The native memory behind a call of a layer written in C#; the plan keeps it alive.</summary>
internal sealed unsafe class LayerCallMemory
{
    private readonly NoptMatrix[] _parameters;
    private readonly NoptMatrix[] _gradients;
    private readonly bool[] _isState;
    private readonly IReadOnlyList<NoptMatrix> _kept;

    public LayerCallMemory(
        NetworkPlan plan, IReadOnlyList<ParameterRange> parameters, NoptMatrix x, NoptMatrix y, NoptMatrix dy, NoptMatrix dx,
        IReadOnlyList<NoptMatrix> kept)
    {
        (X, Y, Dy, Dx, _kept, Seed) = (x, y, dy, dx, kept, plan.Seed);
        _parameters = [.. parameters.Select(plan.Parameter)];
        _gradients = [.. parameters.Select(plan.Gradient)];
        _isState = [.. parameters.Select(parameter => parameter.IsState)];
    }

    public NoptMatrix X { get; }

    public NoptMatrix Y { get; }

    public NoptMatrix Dy { get; }

    public NoptMatrix Dx { get; }

    public ulong Seed { get; }

    /// <summary>Number of the training forward.</summary>
    public long Step { get; set; }

    public bool IsDouble => (NoptDtype)X.Dtype == NoptDtype.F64;

    /// <summary>The first rows of a matrix of the batch; empty for an absent one.</summary>
    public static Span<T> Rows<T>(NoptMatrix matrix, int rows) where T : unmanaged => new(
        matrix.Data, matrix.Data is null ? 0 : checked(rows * (int)matrix.Columns));

    public Span<T> Parameter<T>(int index) where T : unmanaged => Whole<T>(_parameters[index]);

    /// <summary>Empty where the parameter is not trained.</summary>
    public Span<T> Gradient<T>(int index) where T : unmanaged => Whole<T>(_gradients[index]);

    public Span<T> State<T>(int index) where T : unmanaged => _isState[index]
        ? Whole<T>(_parameters[index])
        : throw new InvalidOperationException($"parameter {index} is trained; a layer changes only what it declared as state");

    public Span<T> Kept<T>(int index, int rows) where T : unmanaged => Rows<T>(_kept[index], rows);

    private static Span<T> Whole<T>(NoptMatrix matrix) where T : unmanaged => Rows<T>(matrix, (int)matrix.Rows);
}
