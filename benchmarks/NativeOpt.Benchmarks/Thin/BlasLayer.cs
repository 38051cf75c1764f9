using System.Numerics.Tensors;
using NativeOpt.Benchmarks.Steps;

namespace NativeOpt.Benchmarks.Thin;

/// <summary>
/// A dense layer as one writes it over a thin binding: products by OpenBLAS, all else by <see cref="TensorPrimitives"/>, and Adam by the
/// loop over vectors. Matrices are row-major: x [rows, inputs], weights [inputs, outputs].
/// </summary>
internal sealed class BlasLayer
{
    private readonly int _inputs, _outputs;
    private readonly bool _relu;
    private readonly float[] _weightGradient, _biasGradient, _weightM, _weightV, _biasM, _biasV;

    /// <summary>Weights by Glorot's rule, biases at zero.</summary>
    public BlasLayer(int inputs, int outputs, bool relu, Random random)
    {
        (_inputs, _outputs, _relu) = (inputs, outputs, relu);
        (Weights, _weightGradient, _weightM, _weightV) = (New(inputs), New(inputs), New(inputs), New(inputs));
        (Bias, _biasGradient, _biasM, _biasV) = (New(1), New(1), New(1), New(1));
        double limit = Math.Sqrt(6.0 / (inputs + outputs));
        for (int i = 0; i < Weights.Length; i++)
            Weights[i] = (float)((2 * random.NextDouble() - 1) * limit);
        float[] New(int rows) => new float[rows * outputs];
    }

    /// <summary>The weights.</summary>
    public float[] Weights { get; }

    /// <summary>The biases.</summary>
    public float[] Bias { get; }

    /// <summary>y = x w + b, and relu where the layer has it.</summary>
    public void Forward(ReadOnlySpan<float> x, Span<float> y, int rows)
    {
        OpenBlas.Multiply(false, false, rows, _outputs, _inputs, x, Weights, y);
        for (int row = 0; row < rows; row++)
        {
            Span<float> line = y.Slice(row * _outputs, _outputs);
            TensorPrimitives.Add(line, Bias, line);
            if (_relu)
                TensorPrimitives.Max(line, 0f, line);
        }
    }

    /// <summary>Gradients of weights and biases, and that of x unless <paramref name="dx"/> is empty; overwrites dy.</summary>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> dy, Span<float> dx, int rows)
    {
        // The sign of y, 0 or 1, is the derivative of relu.
        for (int i = 0; _relu && i < rows * _outputs; i++)
            dy[i] = y[i] > 0 ? dy[i] : 0;
        OpenBlas.Multiply(true, false, _inputs, _outputs, rows, x, dy, _weightGradient);
        Array.Clear(_biasGradient);
        for (int row = 0; row < rows; row++)
            TensorPrimitives.Add(_biasGradient, dy.Slice(row * _outputs, _outputs), _biasGradient);
        if (!dx.IsEmpty)
            OpenBlas.Multiply(false, true, rows, _inputs, _outputs, dy, Weights, dx);
    }

    /// <summary>A step of Adam.</summary>
    public void Update(float stepSize)
    {
        AdamLoops.Vectors(Weights, _weightGradient, _weightM, _weightV, stepSize);
        AdamLoops.Vectors(Bias, _biasGradient, _biasM, _biasV, stepSize);
    }
}
