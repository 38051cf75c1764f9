using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Checking;

/// <summary>One layer on its own: forward and backward of a batch, with the gradient of the input.</summary>
internal sealed unsafe class LayerProbe : IDisposable
{
    private readonly Network _network;
    private readonly IBackend _backend;
    private readonly AlignedBuffer _x, _y, _dy, _dx;
    private readonly LayerMemory _own;
    private readonly NetworkPlan _training;
    private readonly NetworkPlan _inference;
    private readonly NetworkPlan _backward;

    /// <summary>Builds the layer and gives its parameters their first values.</summary>
    /// <param name="layer">In no model yet; it belongs to the probe from now on.</param>
    /// <param name="inputColumns">Columns of x.</param>
    /// <param name="rows">Rows of every batch.</param>
    /// <param name="dtype">Element type.</param>
    /// <param name="backend">What computes; stays the caller's.</param>
    /// <param name="seed">Decides first values and random numbers.</param>
    public LayerProbe(Layer layer, int inputColumns, int rows, NoptDtype dtype, IBackend backend, ulong seed)
    {
        if (layer.Name.Length == 0)
            layer.Name = layer.TypeName;
        (Rows, _backend) = (rows, backend);
        _network = new Network([layer], inputColumns, dtype);
        _network.Initialize(seed, backend);
        _x = Allocate(inputColumns);
        _dx = Allocate(inputColumns);
        _y = Allocate(layer.OutputColumns);
        _dy = Allocate(layer.OutputColumns);
        _own = new LayerMemory(_network, rows);
        _training = BuildForward(isTraining: true);
        _inference = BuildForward(isTraining: false);
        _backward = BuildBackward();
    }

    /// <summary>Rows of every batch.</summary>
    public int Rows { get; }

    /// <summary>Columns of y.</summary>
    public int OutputColumns => _network.OutputColumns;

    /// <summary>Parameters, gradients and state of the layer.</summary>
    public ParameterArena Arena => _network.Arena;

    /// <summary>Number of the next training forward.</summary>
    public long Pass { get; set; }

    private Layer Layer => _network.Layers[0];

    /// <summary>y for inputs, row after row.</summary>
    public double[] Forward(ReadOnlySpan<double> x, bool isTraining)
    {
        Write(_x, x);
        (isTraining ? _training : _inference).Run(_backend, Rows, Pass);
        bool isIdentity = Layer.IsIdentity(new LayerPass(isTraining));
        return Read(isIdentity ? _x : _y);
    }

    /// <summary>After a training forward: dx for the gradient of y. The gradients of the parameters are in the arena.</summary>
    public double[] Backward(ReadOnlySpan<double> dy)
    {
        Write(_dy, dy);
        _backward.Run(_backend, Rows, Pass);
        return Read(Layer.PassesGradient(new LayerPass(IsTraining: true)) ? _dy : _dx);
    }

    /// <summary>Numbers of a buffer in the layer's element type.</summary>
    public double[] Read(AlignedBuffer buffer) => _network.Dtype == NoptDtype.F64
        ? buffer.AsSpan<double>().ToArray()
        : [.. buffer.AsSpan<float>().ToArray().Select(value => (double)value)];

    /// <summary>Overwrites the first numbers of a buffer.</summary>
    public void Write(AlignedBuffer buffer, ReadOnlySpan<double> values, int offset = 0)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (_network.Dtype == NoptDtype.F64)
                buffer.AsSpan<double>()[offset + i] = values[i];
            else
                buffer.AsSpan<float>()[offset + i] = (float)values[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NetworkPlan plan in (NetworkPlan[])[_training, _inference, _backward])
            plan.Dispose();
        foreach (AlignedBuffer buffer in (AlignedBuffer[])[_x, _y, _dy, _dx])
            buffer.Dispose();
        _own.Dispose();
        _network.Dispose();
    }

    private AlignedBuffer Allocate(int columns) =>
        AlignedBuffer.Allocate((long)Rows * columns * ParameterArena.ElementSize(_network.Dtype));

    private NetworkPlan BuildForward(bool isTraining)
    {
        var plan = new NetworkPlan(_network.Arena) { Seed = _network.Seed };
        var pass = new LayerPass(isTraining);
        IReadOnlyList<NoptMatrix> own = isTraining ? _own.Of(plan, 0) : [];
        if (!Layer.IsIdentity(pass))
            Layer.AddForward(plan, new ForwardBuffers(Input(plan, _x), Output(plan, _y), own), pass);
        return plan;
    }

    private NetworkPlan BuildBackward()
    {
        var plan = new NetworkPlan(_network.Arena) { Seed = _network.Seed };
        var pass = new LayerPass(IsTraining: true);
        var buffers = new BackwardBuffers(
            Input(plan, _x), Output(plan, _y), Output(plan, _dy), Input(plan, _dx), _own.Of(plan, 0));
        if (!Layer.PassesGradient(pass))
            Layer.AddBackward(plan, buffers, pass);
        return plan;
    }

    private NoptMatrix Input(NetworkPlan plan, AlignedBuffer buffer) => plan.Matrix(buffer, _network.InputColumns, _network.Dtype);

    private NoptMatrix Output(NetworkPlan plan, AlignedBuffer buffer) => plan.Matrix(buffer, _network.OutputColumns, _network.Dtype);
}
