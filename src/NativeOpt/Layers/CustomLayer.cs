using System.Globalization;
using System.Numerics;
using System.Text;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// Base of layers written in C#. They run on every backend, in Fit, Evaluate and Predict, with parameters that every optimizer updates.
/// The arithmetic is written once for float, which models compute in, and double, in which <see cref="GradientCheck"/> compares the
/// gradients with slopes.
/// </summary>
/// <remarks>
/// A layer object serves one model, on one thread at a time. Its code runs between two runs of the backend; it must not call the
/// model, and what it throws leaves Fit before the optimizer has changed anything. For steps that allocate nothing, it allocates
/// nothing. <see cref="GradientCheck"/> and <see cref="Sequential.FoldBatchNormalization"/> work on copies of the object, which share
/// what its fields refer to.
/// </remarks>
/// <example>
/// <code>
/// /// y = x * s, with a factor s for each column.
/// sealed class Scale : CustomLayer
/// {
///     protected override IReadOnlyList&lt;LayerParameter&gt; GetParameters(int inputColumns) =&gt; [new("s", [inputColumns], "ones")];
///
///     protected override void Forward&lt;T&gt;(in LayerForward&lt;T&gt; pass)
///     {
///         for (int i = 0; i &lt; pass.X.Length; i++)
///             pass.Y[i] = pass.X[i] * pass.Parameter(0)[i % pass.InputColumns];
///     }
///
///     protected override void Backward&lt;T&gt;(in LayerBackward&lt;T&gt; pass)
///     {
///         for (int i = 0; i &lt; pass.X.Length; i++)
///         {
///             if (pass.NeedsGradient(0))
///                 pass.Gradient(0)[i % pass.InputColumns] += pass.Dy[i] * pass.X[i];
///             if (pass.NeedsDx)
///                 pass.Dx[i] = pass.Dy[i] * pass.Parameter(0)[i % pass.InputColumns];
///         }
///     }
/// }
/// </code>
/// </example>
public abstract class CustomLayer : Layer
{
    private IReadOnlyList<ParameterRange> _parameters = [];

    /// <summary>A layer.</summary>
    /// <param name="name">Name of the layer; by default that of the class in lower case with underscores, numbered.</param>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    protected CustomLayer(string? name = null) : base(name) { }

    /// <inheritdoc/>
    internal sealed override string TypeName => Underscored(GetType().Name);

    /// <inheritdoc/>
    internal sealed override int OutputColumnsFor(int inputColumns)
    {
        int columns = GetOutputColumns(inputColumns);
        return columns >= 1
            ? columns
            : throw new InvalidOperationException(
                $"{GetType().Name}.GetOutputColumns({inputColumns}) is {columns}; a layer has at least 1 output");
    }

    /// <inheritdoc/>
    internal sealed override IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns)
    {
        var fans = new Fans(inputColumns, GetOutputColumns(inputColumns));
        return [.. GetParameters(inputColumns).Select(parameter => new ParameterDescription(
            parameter.Name, RequireShape(parameter), parameter.Initializer ?? Initializer.Zeros, fans, parameter.IsState)
        {
            Regularizer = parameter.Regularizer,
            Constraint = parameter.Constraint,
        })];
    }

    /// <inheritdoc/>
    internal sealed override IReadOnlyList<BufferDescription> DescribeBuffers() =>
        [.. GetKeptColumns(InputColumns).Select(columns => new BufferDescription(columns))];

    /// <inheritdoc/>
    internal sealed override void Bind(IReadOnlyList<ParameterRange> parameters) => _parameters = parameters;

    /// <inheritdoc/>
    internal sealed override bool IsIdentity(LayerPass pass) => IsTrainingOnly && !pass.IsTraining;

    /// <inheritdoc/>
    internal sealed override void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass)
    {
        var memory = new LayerCallMemory(plan, _parameters, buffers.X, buffers.Y, default, default, buffers.Own);
        bool isTraining = pass.IsTraining;
        plan.BeforeRun(step => memory.Step = step);
        if (memory.IsDouble)
            plan.AddCall(rows => Forward(new LayerForward<double>(memory, rows, isTraining)));
        else
            plan.AddCall(rows => Forward(new LayerForward<float>(memory, rows, isTraining)));
    }

    /// <inheritdoc/>
    internal sealed override void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass)
    {
        var memory = new LayerCallMemory(plan, _parameters, buffers.X, buffers.Y, buffers.Dy, buffers.Dx, buffers.Own);
        bool accumulate = pass.Accumulate;
        plan.BeforeRun(step => memory.Step = step);
        if (memory.IsDouble)
            plan.AddCall(rows => RunBackward<double>(memory, rows, accumulate));
        else
            plan.AddCall(rows => RunBackward<float>(memory, rows, accumulate));
    }

    /// <summary>
    /// Whether the layer does something in training only, as dropout does: Evaluate and Predict then leave it out. False by default.
    /// </summary>
    protected virtual bool IsTrainingOnly => false;

    /// <summary>Columns of the output for an input of that many columns; as many by default.</summary>
    protected virtual int GetOutputColumns(int inputColumns) => inputColumns;

    /// <summary>The parameters for an input of that many columns, always the same ones; none by default.</summary>
    protected virtual IReadOnlyList<LayerParameter> GetParameters(int inputColumns) => [];

    /// <summary>
    /// Column counts of the matrices, with as many rows as the batch, in which a training forward keeps numbers for its backward. The
    /// input and the output are kept anyway; none by default.
    /// </summary>
    protected virtual IReadOnlyList<int> GetKeptColumns(int inputColumns) => [];

    /// <summary>Computes y from x.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    protected abstract void Forward<T>(in LayerForward<T> pass) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// Computes dx from dy where <see cref="LayerBackward{T}.NeedsDx"/>, and adds to the gradients of the parameters where
    /// <see cref="LayerBackward{T}.NeedsGradient"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    protected abstract void Backward<T>(in LayerBackward<T> pass) where T : unmanaged, IFloatingPointIeee754<T>;

    private void RunBackward<T>(LayerCallMemory memory, int rows, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var pass = new LayerBackward<T>(memory, rows);
        for (int i = 0; i < _parameters.Count && !accumulate; i++)
            pass.Gradient(i).Clear();
        Backward(pass);
    }

    private int[] RequireShape(LayerParameter parameter)
    {
        if (string.IsNullOrWhiteSpace(parameter.Name) || parameter.Name.Contains('/', StringComparison.Ordinal))
            throw new InvalidOperationException(
                $"{GetType().Name} has a parameter named '{parameter.Name}'; a name must not be empty or contain '/'");
        if (parameter.Shape.Count is < 1 or > 2 || parameter.Shape.Any(size => size < 1))
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{GetType().Name}: parameter '{parameter.Name}' has shape [{string.Join(", ", parameter.Shape)}]; "
                + $"it must be one or two sizes of at least 1"));
        return [.. parameter.Shape];
    }

    // "GatedUnit" becomes "gated_unit".
    private static string Underscored(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name.Split('`')[0])
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
