using NativeOpt.Interop;
using NativeOpt.Text;
using NativeOpt.Training;

namespace NativeOpt;

// Parameters in and out.
public abstract partial class Model
{
    /// <summary>Names of the parameters, such as "dense/kernel", "dense/bias", "dense_1/kernel".</summary>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public IReadOnlyList<string> ParameterNames
    {
        get
        {
            using OperationGate.Scope scope = _gate.Enter();
            return [.. RequireBuilt().Network.Arena.Ranges.Select(range => range.Name)];
        }
    }

    /// <summary>Copies of all parameters, as <see cref="ParameterNames"/> lists them: kernels [inputs, units], biases [1, units].</summary>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public IReadOnlyList<float[,]> GetWeights()
    {
        using OperationGate.Scope scope = _gate.Enter();
        Network network = RequireBuilt().Network;
        return [.. network.Arena.Ranges.Select(range => CopyOut(network.Arena.Parameters, range))];
    }

    /// <summary>A copy of a parameter: a kernel [inputs, units], a bias [1, units].</summary>
    /// <param name="name">One of <see cref="ParameterNames"/>.</param>
    /// <exception cref="ArgumentException">There is no such parameter; the message has the nearest name.</exception>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public float[,] GetWeights(string name)
    {
        using OperationGate.Scope scope = _gate.Enter();
        ParameterRange range = FindParameter(name);
        return CopyOut(_engine!.Network.Arena.Parameters, range);
    }

    /// <summary>A copy of the gradient of a parameter, in its shape.</summary>
    /// <param name="name">One of <see cref="ParameterNames"/>.</param>
    /// <exception cref="ArgumentException">There is no such parameter; the message has the nearest name.</exception>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public float[,] GetGradients(string name)
    {
        using OperationGate.Scope scope = _gate.Enter();
        ParameterRange range = FindParameter(name);
        return CopyOut(_engine!.Network.Arena.Gradients, range);
    }

    /// <summary>Overwrites all parameters.</summary>
    /// <param name="weights">As <see cref="GetWeights()"/> returns them.</param>
    /// <exception cref="ArgumentException">Their number or a shape is wrong; nothing has been changed.</exception>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public void SetWeights(IReadOnlyList<float[,]> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using OperationGate.Scope scope = _gate.Enter();
        ParameterArena arena = RequireBuilt().Network.Arena;
        if (weights.Count != arena.Ranges.Count)
            throw new ArgumentException(
                $"weights has {weights.Count} arrays; the model has {arena.Ranges.Count} parameters", nameof(weights));
        for (int i = 0; i < weights.Count; i++)
            CheckShape(arena.Ranges[i], weights[i], nameof(weights));
        for (int i = 0; i < weights.Count; i++)
            CopyIn(arena, arena.Ranges[i], weights[i]);
    }

    /// <summary>Overwrites a parameter.</summary>
    /// <param name="name">One of <see cref="ParameterNames"/>.</param>
    /// <param name="weights">In the shape <see cref="GetWeights(string)"/> returns.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or the shape is wrong.</exception>
    /// <exception cref="InvalidOperationException">The number of inputs is not known yet.</exception>
    public void SetWeights(string name, float[,] weights)
    {
        using OperationGate.Scope scope = _gate.Enter();
        ParameterRange range = FindParameter(name);
        CheckShape(range, weights, nameof(weights));
        CopyIn(_engine!.Network.Arena, range, weights);
    }

    /// <summary>All parameters in the places the arena has them, in double.</summary>
    internal void CopyParameters(Span<double> destination)
    {
        using OperationGate.Scope scope = _gate.Enter();
        AlignedBuffer block = RequireBuilt().Network.Arena.Parameters;
        for (int i = 0; i < destination.Length; i++)
            destination[i] = _dtype == NoptDtype.F64 ? block.AsSpan<double>()[i] : block.AsSpan<float>()[i];
    }

    /// <summary>For checks in double: parameters, their gradients and where each parameter lies.</summary>
    internal ParameterArena Arena => RequireBuilt().Network.Arena;

    /// <summary>Training steps so far.</summary>
    internal long TrainingPasses => RequireBuilt().Network.TrainingPasses;

    /// <summary>What the last training step has left; null before there is memory for one.</summary>
    internal StepReading? LastStep => RequireBuilt().LastStep;

    /// <summary>The loss of the last training step.</summary>
    internal double LastLoss => RequireBuilt().LastLoss;

    /// <summary>A copy of all parameters to the last bit, those that are not trained too.</summary>
    /// <param name="reused">An earlier copy that may be overwritten, or null.</param>
    internal byte[] CopyParameters(byte[]? reused = null)
    {
        using OperationGate.Scope scope = _gate.Enter();
        Span<byte> parameters = RequireBuilt().Network.Arena.Parameters.AsSpan<byte>();
        byte[] copy = reused?.Length == parameters.Length ? reused : new byte[parameters.Length];
        parameters.CopyTo(copy);
        return copy;
    }

    /// <summary>Brings back what <see cref="CopyParameters(byte[])"/> has copied from this model.</summary>
    internal void RestoreParameters(byte[] copy)
    {
        using OperationGate.Scope scope = _gate.Enter();
        copy.CopyTo(RequireBuilt().Network.Arena.Parameters.AsSpan<byte>());
    }

    private ParameterRange FindParameter(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        IReadOnlyList<ParameterRange> ranges = RequireBuilt().Network.Arena.Ranges;
        return ranges.FirstOrDefault(range => range.Name == name)
            ?? throw new ArgumentException(NearestName.Explain("parameter", name, [.. ranges.Select(range => range.Name)]), nameof(name));
    }

    private static void CheckShape(ParameterRange range, float[,] values, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(values, parameterName);
        if (values.GetLength(0) != range.Rows() || values.GetLength(1) != range.Columns())
            throw new ArgumentException(
                $"parameter '{range.Name}' has shape [{range.Rows()}, {range.Columns()}]; "
                + $"the array has [{values.GetLength(0)}, {values.GetLength(1)}]", parameterName);
    }

    private float[,] CopyOut(AlignedBuffer block, ParameterRange range)
    {
        var copy = new float[range.Rows(), range.Columns()];
        for (int i = 0; i < range.Count; i++)
        {
            int element = checked((int)range.Offset + i);
            copy[i / range.Columns(), i % range.Columns()] =
                _dtype == NoptDtype.F64 ? (float)block.AsSpan<double>()[element] : block.AsSpan<float>()[element];
        }
        return copy;
    }

    private void CopyIn(ParameterArena arena, ParameterRange range, float[,] values)
    {
        for (int i = 0; i < range.Count; i++)
        {
            int element = checked((int)range.Offset + i);
            float value = values[i / range.Columns(), i % range.Columns()];
            if (_dtype == NoptDtype.F64)
                arena.Parameters.AsSpan<double>()[element] = value;
            else
                arena.Parameters.AsSpan<float>()[element] = value;
        }
    }
}
