using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Tests.Layers;

/// <summary>
/// y = x for models in float, computed by C# code in the middle of a plan. Keeps a state of one number per column and a copy of x
/// for backward, and writes down what it was asked for.
/// </summary>
internal sealed unsafe class ProbeLayer() : Layer("probe")
{
    /// <summary>What ran, such as "forward 3 rows", and "pass 0" before it.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Whether the layer is left out of inference.</summary>
    public bool IsIdentityInInference { get; init; }

    internal override string TypeName => "probe";

    internal override IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns) =>
        [new("state", [inputColumns], Initializer.Ones, new Fans(inputColumns, inputColumns), IsState: true)];

    internal override IReadOnlyList<BufferDescription> DescribeBuffers() => [new(InputColumns), new(2, Rows: 1)];

    internal override bool IsIdentity(LayerPass pass) => IsIdentityInInference && !pass.IsTraining;

    internal override void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass)
    {
        (NoptMatrix x, NoptMatrix y) = (buffers.X, buffers.Y);
        NoptMatrix? kept = buffers.Own.Count == 2 ? buffers.Own[0] : null;
        plan.BeforeRun(number => Log.Add($"pass {number}"));
        plan.AddCall(rows =>
        {
            Log.Add($"{(pass.IsTraining ? "training" : "inference")} {rows} rows");
            Span(x, rows).CopyTo(Span(y, rows));
            if (kept is { } copy)
                Span(x, rows).CopyTo(Span(copy, rows));
        });
    }

    internal override void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass)
    {
        (NoptMatrix x, NoptMatrix dy, NoptMatrix dx, NoptMatrix kept) = (buffers.X, buffers.Dy, buffers.Dx, buffers.Own[0]);
        plan.BeforeRun(number => Log.Add($"pass {number}"));
        plan.AddCall(rows =>
        {
            Log.Add($"backward {rows} rows{(Span(x, rows).SequenceEqual(Span(kept, rows)) ? "" : " of another batch")}");
            if (dx.Data is not null)
                Span(dy, rows).CopyTo(Span(dx, rows));
        });
    }

    private static Span<float> Span(NoptMatrix matrix, int rows) => new(matrix.Data, rows * (int)matrix.Columns);
}
