using NativeOpt.Interop;
using NativeOpt.Saving;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// A part of a model that turns rows of numbers into rows of numbers. A layer belongs to one model and gets its sizes when that
/// model is built.
/// </summary>
public abstract class Layer
{
    /// <summary>Layers of your own derive from <see cref="CustomLayer"/>.</summary>
    /// <param name="name">Name in messages and of parameters; null: given by the model, such as "dense_1".</param>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    private protected Layer(string? name)
    {
        if (name is not null)
            CheckName(name);
        Name = name ?? "";
    }

    /// <summary>Unique in the model; empty until the layer has been added to one.</summary>
    public string Name { get; internal set; }

    /// <summary>
    /// Whether training changes the parameters; true by default. A frozen layer keeps them and has gradients of 0. A change takes
    /// effect with the next Compile.
    /// </summary>
    public bool Trainable { get; set; } = true;

    /// <summary>
    /// A penalty of what the layer gives, divided by the number of rows as in Keras; null: none. A change takes effect with the next
    /// Compile.
    /// </summary>
    public Regularizer? ActivityRegularizer { get; set; }

    /// <summary>Columns of the input; 0 until the model is built.</summary>
    public int InputColumns { get; private protected set; }

    /// <summary>Columns of the output; 0 until the model is built.</summary>
    public int OutputColumns { get; private protected set; }

    /// <summary>
    /// Number of numbers the layer keeps, those that training does not change included; 0 until the model is built.
    /// </summary>
    public long ParameterCount => OutputColumns == 0 ? 0 : DescribeParameters().Sum(parameter => parameter.Count);

    /// <summary>Number of numbers that training changes: 0 while the layer is frozen and until the model is built.</summary>
    public long TrainableParameterCount => OutputColumns == 0 || !Trainable
        ? 0
        : DescribeParameters().Where(parameter => !parameter.IsState).Sum(parameter => parameter.Count);

    /// <summary>
    /// Gives layers of your own a name, so that <see cref="Sequential.ToJson"/> can write them and <see cref="Sequential.FromJson"/> finds
    /// them. Once for a type in a process.
    /// </summary>
    /// <param name="name">A new name; case, '_' and '-' do not matter.</param>
    /// <param name="read">
    /// Makes a layer of settings; settings it does not ask for are refused. Name, Trainable and ActivityRegularizer are set afterwards.
    /// </param>
    /// <param name="write">The settings of a layer: numbers, true or false, texts, schedules and lists of those.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, has characters other than letters, digits, '_' and '-', or is taken.
    /// </exception>
    public static void Register<TLayer>(string name, Func<ScheduleSettings, TLayer> read, Func<TLayer, ScheduleSettings> write)
        where TLayer : Layer
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        LayerForms.Table.Add(ObjectForm<Layer>.Create(name, read, write));
    }

    /// <summary>Whether a model has it already.</summary>
    internal bool IsOwned { get; set; }

    /// <summary>Position in the model, which tells the random streams of two layers apart; set when the model is built.</summary>
    internal int Index { get; set; }

    /// <summary>First part of automatic names, such as "dense".</summary>
    internal abstract string TypeName { get; }

    /// <summary>Columns of the input that the layer was declared with, or null.</summary>
    internal virtual int? DeclaredInputColumns => null;

    /// <summary>
    /// The function at the end of the layer, which a loss may take over; null: the layer does not end in one. A layer that has one
    /// must be able to leave it out (<see cref="LayerPass.WithoutActivation"/>).
    /// </summary>
    internal virtual Activation? Activation => null;

    /// <summary>Refuses what cannot be the name of a layer.</summary>
    /// <exception cref="ArgumentException">It is empty or has a slash.</exception>
    internal static void CheckName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException($"name is '{name}'; a layer's name must not be empty or contain '/'", nameof(name));
    }

    /// <summary>A layer with the same settings that is in no model; what it has in this one is shared until it is built.</summary>
    internal Layer Copy()
    {
        var copy = (Layer)MemberwiseClone();
        (copy.IsOwned, copy.InputColumns, copy.OutputColumns) = (false, 0, 0);
        return copy;
    }

    /// <summary>Fixes the sizes.</summary>
    internal void Build(int inputColumns) => (InputColumns, OutputColumns) = (inputColumns, OutputColumnsFor(inputColumns));

    /// <summary>Columns of the output that an input of that many columns gives.</summary>
    internal virtual int OutputColumnsFor(int inputColumns) => inputColumns;

    /// <summary>Parameters and state of the layer for an input of that many columns, in the order of the arena.</summary>
    internal virtual IReadOnlyList<ParameterDescription> DescribeParameters(int inputColumns) => [];

    /// <summary>Parameters and state of the built layer.</summary>
    internal IReadOnlyList<ParameterDescription> DescribeParameters() => DescribeParameters(InputColumns);

    /// <summary>What the built layer keeps from a training forward for the backward of the same batch.</summary>
    internal virtual IReadOnlyList<BufferDescription> DescribeBuffers() => [];

    /// <summary>Tells the layer where its parameters are, in the order it described them.</summary>
    internal virtual void Bind(IReadOnlyList<ParameterRange> parameters) { }

    /// <summary>Whether y is x in such a pass: the layer then adds nothing to the plan and needs no memory of its own.</summary>
    internal virtual bool IsIdentity(LayerPass pass) => false;

    /// <summary>Whether dx is dy in the backward of such a pass: the layer then adds nothing to the plan.</summary>
    internal virtual bool PassesGradient(LayerPass pass) => IsIdentity(pass);

    /// <summary>Appends y = f(x) to a plan.</summary>
    internal abstract void AddForward(NetworkPlan plan, in ForwardBuffers buffers, LayerPass pass);

    /// <summary>Appends the gradients of parameters and input to a plan.</summary>
    internal abstract void AddBackward(NetworkPlan plan, in BackwardBuffers buffers, LayerPass pass);
}

/// <summary>A parameter a layer wants.</summary>
/// <param name="Name">Within the layer, such as "kernel".</param>
/// <param name="Shape">Row-major sizes.</param>
/// <param name="Initializer">First values.</param>
/// <param name="Fans">Inputs and outputs of the layer.</param>
/// <param name="IsState">Kept with the weights but never trained, such as a moving mean.</param>
internal sealed record ParameterDescription(string Name, int[] Shape, Initializer Initializer, Fans Fans, bool IsState = false)
{
    /// <summary>Its penalty, or null.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>What is done to it after each step, or null.</summary>
    public Constraint? Constraint { get; init; }

    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
