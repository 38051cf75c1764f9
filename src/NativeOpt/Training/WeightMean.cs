using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>The mean of the weights of a model at several times: those that are trained, without moving statistics.</summary>
internal sealed unsafe class WeightMean : IDisposable
{
    private readonly StepPlan _add = new();
    private readonly StepPlan _write = new();
    private readonly AlignedBuffer _mean;
    private readonly List<nint> _args = [];

    /// <summary>A mean of nothing.</summary>
    public WeightMean(ParameterArena arena)
    {
        _mean = AlignedBuffer.Allocate(checked(arena.Length * ParameterArena.ElementSize(arena.Dtype)));
        foreach (ParameterRange range in arena.Ranges.Where(range => range.IsTrained))
        {
            long offset = range.Offset * ParameterArena.ElementSize(arena.Dtype);
            NoptMatrix weights = range.ToMatrix((byte*)_add.Use(arena.Parameters) + offset, arena.Dtype);
            NoptMatrix mean = range.ToMatrix((byte*)_add.Use(_mean) + offset, arena.Dtype);
            _args.Add((nint)_add.Add(NoptOpKind.Average, ArgsOf(weights, mean)));
            _write.Use(arena.Parameters);
            _write.Use(_mean);
            _write.Add(NoptOpKind.Average, ArgsOf(mean, weights));
        }
    }

    /// <summary>How many weights it is of.</summary>
    public int Count { get; private set; }

    /// <summary>a = a + (w - a)/(n + 1), from n = 0, with the weights of now.</summary>
    public void Add(IBackend backend)
    {
        foreach (nint args in _args)
            ((NoptAverageArgs*)args)->Keep = Count / (Count + 1.0);
        _add.Run(backend);
        Count++;
    }

    /// <summary>A copy of the mean to the last bit.</summary>
    public byte[] ToBytes() => _mean.AsSpan<byte>().ToArray();

    /// <summary>Takes over a mean that <see cref="ToBytes"/> has copied.</summary>
    /// <exception cref="InvalidDataException">It has another length.</exception>
    public void Restore(byte[] bytes, int count)
    {
        if (bytes.Length != _mean.AsSpan<byte>().Length)
            throw new InvalidDataException($"a mean of weights has {bytes.Length} bytes; the model's has {_mean.AsSpan<byte>().Length}");
        bytes.CopyTo(_mean.AsSpan<byte>());
        Count = count;
    }

    /// <summary>Makes the mean the weights of the model.</summary>
    public void Write(IBackend backend) => _write.Run(backend);

    /// <inheritdoc/>
    public void Dispose()
    {
        _add.Dispose();
        _write.Dispose();
        _mean.Dispose();
    }

    // Keep 0: a copy.
    private static NoptAverageArgs ArgsOf(NoptMatrix w, NoptMatrix a) => new()
    {
        StructSize = (uint)sizeof(NoptAverageArgs),
        Form = (int)NoptAverageForm.Towards,
        W = w,
        A = a,
    };
}
