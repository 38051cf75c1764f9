using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// A part of a model that turns rows of numbers into rows of numbers. A layer belongs to one model and gets its sizes when that
/// model is built.
/// </summary>
public abstract class Layer
{
    /// <summary>Only this library adds layers for now.</summary>
    /// <param name="name">Name in messages and of parameters; null: given by the model, such as "dense_1".</param>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    private protected Layer(string? name)
    {
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Contains('/', StringComparison.Ordinal)))
            throw new ArgumentException($"name is '{name}'; a layer's name must not be empty or contain '/'", nameof(name));
        Name = name ?? "";
    }

    /// <summary>Unique in the model; empty until the layer has been added to one.</summary>
    public string Name { get; internal set; }

    /// <summary>Columns of the input; 0 until the model is built.</summary>
    public int InputColumns { get; private protected set; }

    /// <summary>Columns of the output; 0 until the model is built.</summary>
    public int OutputColumns { get; private protected set; }

    /// <summary>Number of trainable numbers; 0 until the model is built.</summary>
    public long ParameterCount => OutputColumns == 0 ? 0 : DescribeParameters().Sum(parameter => parameter.Count);

    /// <summary>Whether a model has it already.</summary>
    internal bool IsOwned { get; set; }

    /// <summary>First part of automatic names, such as "dense".</summary>
    internal abstract string TypeName { get; }

    /// <summary>Columns of the input that the layer was declared with, or null.</summary>
    internal abstract int? DeclaredInputColumns { get; }

    /// <summary>The function at the end of the layer.</summary>
    internal abstract Activation Activation { get; }

    /// <summary>Fixes the sizes.</summary>
    internal abstract void Build(int inputColumns);

    /// <summary>Columns of the output that an input of that many columns gives.</summary>
    internal abstract int OutputColumnsFor(int inputColumns);

    /// <summary>Parameters of the layer for an input of that many columns, in the order of the arena.</summary>
    internal abstract IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns);

    /// <summary>Parameters of the built layer.</summary>
    internal IReadOnlyList<ParameterDescription> DescribeParameters() => DescribeParameters(InputColumns);

    /// <summary>Tells the layer where its parameters are.</summary>
    internal abstract void Bind(ParameterArena arena);

    /// <summary>Appends y = f(x) to a plan; with <paramref name="withoutActivation"/> y is what the activation would get.</summary>
    internal abstract void AddForward(NetworkPlan plan, NoptMatrix x, NoptMatrix y, bool withoutActivation);

    /// <summary>Appends the gradients of parameters and input to a plan. dx may be absent (null data).</summary>
    internal abstract void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, bool withoutActivation, bool accumulate);
}

/// <summary>A parameter a layer wants.</summary>
/// <param name="Name">Within the layer, such as "kernel".</param>
/// <param name="Shape">Row-major sizes.</param>
/// <param name="Initializer">First values.</param>
/// <param name="Fans">Inputs and outputs of the layer.</param>
internal sealed record ParameterDescription(string Name, int[] Shape, Initializer Initializer, Fans Fans)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}

/// <summary>What a layer's backward step reads and writes: input and output of forward, gradients of both.</summary>
internal readonly record struct BackwardBuffers(NoptMatrix X, NoptMatrix Y, NoptMatrix Dy, NoptMatrix Dx);
