using BenchmarkDotNet.Attributes;
using NativeOpt.Benchmarks.Thin;
using NativeOpt.Cli.Bench;
using NativeOpt.Interop;

namespace NativeOpt.Benchmarks;

/// <summary>One dense layer with relu, forward and backward (dW, db and dx), each as one call into the backend.</summary>
public class DenseBenchmarks
{
    private DensePass? _managed;
    private DensePass? _native;
    private BlasLayer? _layer;
    private float[] _x = [], _y = [], _dy = [], _dx = [];
    private int _batch;

    /// <summary>batch x in x out.</summary>
    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    /// <summary>The layers of the tutorial network, a wider one and a large batch.</summary>
    public static IEnumerable<string> Shapes =>
        ShortConfig.IsFull ? ["32x784x128", "32x128x10", "128x784x512", "256x1024x1024"] : ["32x784x128", "32x128x10", "128x784x512"];

    /// <summary>Fills the matrices and builds the plans.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = [.. Shape.Split('x').Select(int.Parse)];
        (int batch, int inputs, int outputs) = (sizes[0], sizes[1], sizes[2]);
        _managed = new DensePass(BackendKind.Managed, (batch, inputs, outputs), NoptActivation.Relu, backward: true);
        _native = new DensePass(BackendKind.Native, (batch, inputs, outputs), NoptActivation.Relu, backward: true);
        _layer = new BlasLayer(inputs, outputs, relu: true, new Random(1));
        (_batch, _x, _y, _dy, _dx) = (batch, new float[batch * inputs], new float[batch * outputs], new float[batch * outputs],
            new float[batch * inputs]);
        Array.Fill(_x, 0.5f);
        Array.Fill(_dy, 0.5f);
    }

    /// <summary>Closes the plans.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _managed?.Dispose();
        _native?.Dispose();
    }

    /// <summary>The reference in C#.</summary>
    [Benchmark(Baseline = true)]
    public void Managed() => _managed!.Run();

    /// <summary>The core.</summary>
    [Benchmark]
    public void Native() => _native!.Run();

    /// <summary>Products by OpenBLAS, called from C#, and the rest by TensorPrimitives: the way of a thin binding, on one thread.</summary>
    [Benchmark]
    public void OpenBlas()
    {
        _layer!.Forward(_x, _y, _batch);
        _layer.Backward(_x, _y, _dy, _dx, _batch);
    }
}
