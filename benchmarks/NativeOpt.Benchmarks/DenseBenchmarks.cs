using BenchmarkDotNet.Attributes;
using NativeOpt.Backends;
using NativeOpt.Benchmarks.Thin;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Benchmarks;

/// <summary>One dense layer with relu, forward and backward (dW, db and dx), each as one call into the backend.</summary>
public class DenseBenchmarks
{
    private readonly List<AlignedBuffer> _buffers = [];
    private Pass? _managed;
    private Pass? _native;
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
        NoptMatrix x = Random(batch, inputs), w = Random(inputs, outputs), b = Random(1, outputs), y = Random(batch, outputs);
        NoptMatrix dy = Random(batch, outputs), dw = Random(inputs, outputs), db = Random(1, outputs), dx = Random(batch, inputs);
        var forward = new NoptDenseForwardArgs { Activation = (int)NoptActivation.Relu, X = x, W = w, B = b, Y = y };
        var backward = new NoptDenseBackwardArgs
        {
            Activation = (int)NoptActivation.Relu, X = x, W = w, Y = y, Dy = dy, Dw = dw, Db = db, Dx = dx,
        };
        _managed = new Pass(BackendKind.Managed, forward, backward);
        _native = new Pass(BackendKind.Native, forward, backward);
        _layer = new BlasLayer(inputs, outputs, relu: true, new Random(1));
        (_batch, _x, _y, _dy, _dx) = (batch, new float[x.Rows * x.Columns], new float[y.Rows * y.Columns], new float[y.Rows * y.Columns],
            new float[x.Rows * x.Columns]);
        Array.Fill(_x, 0.5f);
        Array.Fill(_dy, 0.5f);
    }

    /// <summary>Closes the plans, then the memory they use.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _managed?.Dispose();
        _native?.Dispose();
        _buffers.ForEach(buffer => buffer.Dispose());
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

    private unsafe NoptMatrix Random(int rows, int columns)
    {
        AlignedBuffer buffer = AlignedBuffer.Allocate<float>((long)rows * columns, _buffers.Count * ParameterArena.StaggerBytes);
        _buffers.Add(buffer);
        var random = new Random(rows * 31 + columns);
        foreach (ref float value in buffer.AsSpan<float>())
            value = random.NextSingle() - 0.5f;
        return new NoptMatrix { Data = buffer.Pointer, Rows = rows, Columns = columns, Stride = columns };
    }

    /// <summary>A plan of both directions and the backend it runs on.</summary>
    private sealed unsafe class Pass : IDisposable
    {
        private readonly IBackend _backend;
        private readonly StepPlan _plan = new();

        public Pass(BackendKind kind, NoptDenseForwardArgs forward, NoptDenseBackwardArgs backward)
        {
            _backend = NativeOptRuntime.OpenBackend(kind);
            forward.StructSize = (uint)sizeof(NoptDenseForwardArgs);
            backward.StructSize = (uint)sizeof(NoptDenseBackwardArgs);
            _plan.Add(NoptOpKind.DenseForward, forward);
            _plan.Add(NoptOpKind.DenseBackward, backward);
        }

        public void Run() => _plan.Run(_backend);

        public void Dispose()
        {
            _plan.Dispose();
            _backend.Dispose();
        }
    }
}
