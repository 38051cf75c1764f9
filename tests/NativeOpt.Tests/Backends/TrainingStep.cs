using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

/// <summary>
/// One whole training step as a plan: two dense layers, sparse cross-entropy, their gradients and a momentum step. What the
/// runtime tests run: allocation, threads, lifetimes, agreement of the backends.
/// </summary>
internal sealed unsafe class TrainingStep : IDisposable
{
    private const int Batch = 33, In = 65, Hidden = 47, Out = 10;

    private static readonly (int Rows, int Columns)[] Shapes = [(In, Hidden), (1, Hidden), (Hidden, Out), (1, Out)];

    private readonly StepPlan _plan = new();
    private readonly AlignedBuffer _parameters, _gradients, _velocity, _values;
    private readonly int _length = Shapes.Sum(shape => shape.Rows * shape.Columns);
    private int _used;

    public TrainingStep(IBackend backend, int seed = 1, NoptDtype dtype = NoptDtype.F32)
    {
        Dtype = dtype;
        _parameters = Buffer(_length);
        _gradients = Buffer(_length);
        _velocity = Buffer(_length);
        _values = Buffer(4 * Batch * (In + Hidden + Out));
        Fill(_parameters, _length, seed, 0.3);
        LossSum = (double*)_plan.Allocate(sizeof(double));
        Build(backend, seed);
    }

    public NoptDtype Dtype { get; }

    /// <summary>Written by each run.</summary>
    public double* LossSum { get; }

    /// <summary>All weights, in double.</summary>
    public double[] Weights => [.. Enumerable.Range(0, _length).Select(i => Get(_parameters, i))];

    /// <summary>One step.</summary>
    public void Run(IBackend backend) => _plan.Run(backend);

    public void Dispose()
    {
        _plan.Dispose();
        foreach (AlignedBuffer buffer in new[] { _parameters, _gradients, _velocity, _values })
            buffer.Dispose();
    }

    private void Build(IBackend backend, int seed)
    {
        NoptMatrix x = Next(Batch, In), h = Next(Batch, Hidden), dh = Next(Batch, Hidden), y = Next(Batch, Out), dy = Next(Batch, Out);
        Fill(_values, Batch * In, seed + 1, 1);
        NoptMatrix[] w = Split(_parameters), dw = Split(_gradients);
        var labels = (int*)_plan.Allocate(Batch * sizeof(int));
        for (int i = 0; i < Batch; i++)
            labels[i] = (i * 7 + seed) % Out;

        Forward(NoptActivation.Relu, x, w[0], w[1], h);
        Forward(NoptActivation.Linear, h, w[2], w[3], y);
        _plan.Add(NoptOpKind.Loss, new NoptLossArgs
        {
            StructSize = (uint)sizeof(NoptLossArgs),
            Loss = (int)NoptLoss.SparseCategoricalCrossEntropy,
            Flags = (uint)NoptLossFlags.FromLogits,
            GradientScale = 1.0 / Batch,
            Y = y,
            Targets = new() { Data = labels, Rows = Batch, Columns = 1, Stride = 1, Dtype = (int)NoptDtype.I32 },
            Dy = dy,
            LossSum = LossSum,
        });
        Backward(NoptActivation.Linear, h, w[2], y, dy, dw[2], dw[3], dh);
        Backward(NoptActivation.Relu, x, w[0], h, dh, dw[0], dw[1], default);
        Step(backend);
    }

    private void Forward(NoptActivation activation, NoptMatrix x, NoptMatrix w, NoptMatrix b, NoptMatrix y) =>
        _plan.Add(NoptOpKind.DenseForward, new NoptDenseForwardArgs
        {
            StructSize = (uint)sizeof(NoptDenseForwardArgs),
            Activation = (int)activation,
            X = x,
            W = w,
            B = b,
            Y = y,
        });

    private void Backward(NoptActivation activation, NoptMatrix x, NoptMatrix w, NoptMatrix y, NoptMatrix dy, NoptMatrix dw, NoptMatrix db,
        NoptMatrix dx) => _plan.Add(NoptOpKind.DenseBackward, new NoptDenseBackwardArgs
        {
            StructSize = (uint)sizeof(NoptDenseBackwardArgs),
            Activation = (int)activation,
            X = x,
            W = w,
            Y = y,
            Dy = dy,
            Dw = dw,
            Db = db,
            Dx = dx,
        });

    private void Step(IBackend backend)
    {
        var slots = (void**)_plan.Allocate(sizeof(void*));
        slots[0] = _plan.Use(_velocity);
        var segment = (NoptSegment*)_plan.Allocate(sizeof(NoptSegment));
        segment->Count = _length;
        var prologue = (NoptPrologue*)_plan.Allocate(sizeof(NoptPrologue));
        *prologue = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
        var scalars = (double*)_plan.Allocate(3 * sizeof(double));
        (scalars[0], scalars[1], scalars[2]) = (0.9, -0.05, -1);
        _plan.Add(NoptOpKind.OptimizerStep, new NoptOptimizerStepArgs
        {
            StructSize = (uint)sizeof(NoptOptimizerStepArgs),
            Optimizer = backend.FindOptimizer("momentum"),
            Dtype = (int)Dtype,
            SlotCount = 1,
            ScalarCount = 3,
            Length = _length,
            Parameters = _plan.Use(_parameters),
            Gradients = _plan.Use(_gradients),
            Slots = slots,
            Segments = segment,
            SegmentCount = 1,
            Prologues = prologue,
            Scalars = scalars,
            RowCount = 1,
        });
    }

    private int ElementSize => Dtype == NoptDtype.F64 ? sizeof(double) : sizeof(float);

    private AlignedBuffer Buffer(int count) => AlignedBuffer.Allocate((long)count * ElementSize);

    private NoptMatrix[] Split(AlignedBuffer arena)
    {
        int offset = 0;
        var matrices = new NoptMatrix[Shapes.Length];
        for (int i = 0; i < Shapes.Length; i++)
        {
            matrices[i] = Matrix(arena, offset, Shapes[i].Rows, Shapes[i].Columns);
            offset += Shapes[i].Rows * Shapes[i].Columns;
        }
        return matrices;
    }

    private NoptMatrix Next(int rows, int columns)
    {
        NoptMatrix matrix = Matrix(_values, _used, rows, columns);
        _used += rows * columns;
        return matrix;
    }

    private NoptMatrix Matrix(AlignedBuffer memory, int offset, int rows, int columns) => new()
    {
        Data = (byte*)_plan.Use(memory) + (long)offset * ElementSize,
        Rows = rows,
        Columns = columns,
        Stride = columns,
        Dtype = (int)Dtype,
    };

    private double Get(AlignedBuffer buffer, int index) =>
        Dtype == NoptDtype.F64 ? ((double*)buffer.Pointer)[index] : ((float*)buffer.Pointer)[index];

    private void Fill(AlignedBuffer buffer, int count, int seed, double size)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            double value = size * (2 * random.NextDouble() - 1);
            if (Dtype == NoptDtype.F64)
                ((double*)buffer.Pointer)[i] = value;
            else
                ((float*)buffer.Pointer)[i] = (float)value;
        }
    }
}
