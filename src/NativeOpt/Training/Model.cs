using System.Runtime.CompilerServices;
using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Text;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// A network that can be trained. Its arrays are native memory: dispose it. A model serves one thread at a time; a call from a
/// second one is refused with an <see cref="InvalidOperationException"/>. Different models are independent. Disposing a
/// model while it runs, by a callback or on another thread, is safe: the run ends with an <see cref="ObjectDisposedException"/>
/// before its next batch, or as usual where it has none left.
/// </summary>
public abstract partial class Model : IDisposable
{
    private readonly OperationGate _gate;
    private readonly NoptDtype _dtype;
    private IBackend? _backend;
    private CompileSettings? _settings;
    private Engine? _engine;

    private protected Model(long? seed, NoptDtype dtype)
    {
        Seed = seed ?? Random.Shared.NextInt64();
        _dtype = dtype;
        _gate = new OperationGate(this, Release);
    }

    /// <summary>The layers, first to last.</summary>
    public abstract IReadOnlyList<Layer> Layers { get; }

    /// <summary>
    /// Decides first weights and the order of rows in training: the same seed gives the same numbers. Drawn at random where none
    /// was given.
    /// </summary>
    public long Seed { get; }

    /// <summary>Whether sizes and parameters are there: after <see cref="Build"/>, a first Fit, or Compile with an inputShape.</summary>
    public bool IsBuilt => _engine is not null;

    /// <summary>The optimizer of <see cref="Compile(Optimizer, Loss, string[], BackendKind)"/>; null before.</summary>
    public Optimizer? Optimizer => _settings?.Optimizer;

    /// <summary>What Compile was given; null before.</summary>
    internal CompileSettings? CompileSettings => _settings;

    /// <summary>The loss of <see cref="Compile(Optimizer, Loss, string[], BackendKind)"/>; null before.</summary>
    public Loss? Loss => _settings?.Loss;

    /// <summary>Which implementation computes; null before Compile or the first use.</summary>
    public BackendKind? Backend => _backend?.Kind;

    /// <summary>Number of numbers the layers keep, those that training does not change included; 0 until the model is built.</summary>
    public long ParameterCount => IsBuilt ? Layers.Sum(layer => layer.ParameterCount) : 0;

    /// <summary>Number of numbers that training changes; 0 until the model is built.</summary>
    public long TrainableParameterCount => IsBuilt ? Layers.Sum(layer => layer.TrainableParameterCount) : 0;

    /// <summary>Fixes the sizes of all layers and gives the parameters their first values. Doing it again does nothing.</summary>
    /// <param name="inputColumns">Numbers in an input row.</param>
    /// <exception cref="ArgumentException">It differs from the first layer's inputShape or from an earlier Build.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no layers, a later layer's inputShape is not what the one before it gives, or the parameters are too many: 2 GiB
    /// of them is the limit.
    /// </exception>
    public void Build(int inputColumns)
    {
        using OperationGate.Scope scope = _gate.Enter();
        if (inputColumns < 1)
            throw new ArgumentOutOfRangeException(
                nameof(inputColumns), inputColumns, $"inputColumns is {inputColumns}; it must be at least 1");
        EnsureBuilt(inputColumns, nameof(inputColumns));
    }

    /// <summary>Says how to train.</summary>
    /// <param name="optimizer">Name with or without settings: "adam", "sgd(momentum=0.9, nesterov=true)".</param>
    /// <param name="loss">Object or name, such as "mse" or "sparse_categorical_crossentropy".</param>
    /// <param name="metrics">Names, such as "accuracy" or "mse"; results have them under the names given here.</param>
    /// <param name="backend">What computes; by default the native library where it can be loaded.</param>
    /// <exception cref="ArgumentException">A name is unknown (the message has the nearest), or things do not fit together.</exception>
    /// <exception cref="NativeOptException">The native backend was asked for and cannot be loaded.</exception>
    [OverloadResolutionPriority(1)]
    public void Compile(string optimizer, Loss loss, string[]? metrics = null, BackendKind backend = BackendKind.Auto)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Compile(ArgumentFailure.Rename(() => OptimizerRule.Parse(optimizer), nameof(optimizer)), loss, metrics, backend);
    }

    /// <inheritdoc cref="Compile(string, Loss, string[], BackendKind)"/>
    /// <param name="optimizer">The settings; the model makes an optimizer of them.</param>
    /// <param name="loss">Object or name, such as "mse" or "sparse_categorical_crossentropy".</param>
    /// <param name="metrics">Names, such as "accuracy" or "mse"; results have them under the names given here.</param>
    /// <param name="backend">What computes; by default the native library where it can be loaded.</param>
    [OverloadResolutionPriority(1)]
    public void Compile(OptimizerRule optimizer, Loss loss, string[]? metrics = null, BackendKind backend = BackendKind.Auto) =>
        Compile(optimizer, loss, CompileSettings.FromNames(metrics), () => OpenBackend(backend));

    /// <inheritdoc cref="Compile(string, Loss, string[], BackendKind)"/>
    /// <param name="optimizer">Stays the caller's: the model does not dispose it.</param>
    /// <param name="loss">Object or name, such as "mse" or "sparse_categorical_crossentropy".</param>
    /// <param name="metrics">Names, such as "accuracy" or "mse"; results have them under the names given here.</param>
    /// <param name="backend">What computes; by default the native library where it can be loaded.</param>
    [OverloadResolutionPriority(1)]
    public void Compile(Optimizer optimizer, Loss loss, string[]? metrics = null, BackendKind backend = BackendKind.Auto) =>
        Compile(new CompileSettings(optimizer, ownsOptimizer: false, loss, CompileSettings.FromNames(metrics)), () => OpenBackend(backend));

    /// <summary>For tests: on a backend that is open, which the model then owns.</summary>
    internal void Compile(OptimizerRule optimizer, Loss loss, string[]? metrics, IBackend backend) =>
        Compile(optimizer, loss, CompileSettings.FromNames(metrics), () => backend);

    /// <summary>A table of the layers, their output shapes and parameters.</summary>
    public string Summary() => ModelSummary.Write(this);

    /// <summary>Releases the memory; a run on another thread ends first. Doing it twice does nothing.</summary>
    public void Dispose()
    {
        _gate.Close();
        GC.SuppressFinalize(this);
    }

    // The managed backend alone computes in double.
    private IBackend OpenBackend(BackendKind kind) =>
        NativeOptRuntime.OpenBackend(kind == BackendKind.Auto && _dtype == NoptDtype.F64 ? BackendKind.Managed : kind);

    /// <summary>The layers with their memory.</summary>
    internal Network Network => RequireBuilt().Network;

    /// <summary>A backend with the options of the model's.</summary>
    internal IBackend OpenAnotherBackend() => (_backend ??= OpenBackend(BackendKind.Auto)).OpenAnother();

    private void Compile(OptimizerRule optimizer, Loss loss, Metric[] metrics, Func<IBackend> openBackend)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Optimizer owned = ArgumentFailure.Rename(() => new Optimizer(optimizer), nameof(optimizer));
        Compile(new CompileSettings(owned, ownsOptimizer: true, loss, metrics), openBackend);
    }

    private void Compile(CompileSettings settings, Func<IBackend> openBackend)
    {
        using OperationGate.Scope scope = _gate.Enter();
        if (_isFitting)
            throw new InvalidOperationException("the model cannot be compiled while Fit runs");
        RequireLayers();
        IBackend backend = openBackend();
        try
        {
            if (_engine is not null)
                _engine.Compile(settings.CreateObjective(Layers[^1], _engine.Network.OutputColumns), settings.Optimizer, backend);
            else if (Layers[0].DeclaredInputColumns is { } declared)
                _engine = CreateEngine(declared, backend, settings);
        }
        catch
        {
            backend.Dispose();
            settings.DisposeOwned();
            throw;
        }
        _backend?.Dispose();
        _settings?.DisposeOwned();
        (_backend, _settings) = (backend, settings);
    }

    /// <summary>The engine for inputs of that many columns; makes it at the first use.</summary>
    private Engine EnsureBuilt(int inputColumns, string parameterName)
    {
        CheckColumns(inputColumns, parameterName);
        return _engine ??= CreateEngine(inputColumns, _backend ??= OpenBackend(BackendKind.Auto), _settings);
    }

    /// <summary>Checks the columns of inputs, as far as those of the model are known.</summary>
    private void CheckColumns(int inputColumns, string parameterName)
    {
        RequireLayers();
        if ((_engine?.Network.InputColumns ?? Layers[0].DeclaredInputColumns) is { } expected && expected != inputColumns)
            throw WrongColumns(expected, inputColumns, parameterName);
    }

    private Engine CreateEngine(int inputColumns, IBackend backend, CompileSettings? settings)
    {
        if (!backend.Supports(_dtype))
            throw new NativeOptException($"the backend '{backend.Description}' does not compute in {_dtype}");
        var engine = new Engine(new Network(Layers, inputColumns, _dtype), backend, _gate);
        try
        {
            engine.Network.Initialize((ulong)Seed, backend);
            if (settings is not null)
                engine.Compile(settings.CreateObjective(Layers[^1], engine.Network.OutputColumns), settings.Optimizer, backend);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private void RequireCompiled()
    {
        if (_settings is null)
            throw new InvalidOperationException("the model has no loss and no optimizer yet; call Compile first");
    }

    private Engine RequireBuilt() => _engine
        ?? (Layers.Count > 0 && Layers[0].DeclaredInputColumns is { } declared
            ? EnsureBuilt(declared, nameof(declared))
            : throw new InvalidOperationException(
                "the number of inputs is not known yet; give the first layer an inputShape or call Build"));

    private void RequireLayers()
    {
        if (Layers.Count == 0)
            throw new InvalidOperationException("the model has no layers");
    }

    private ArgumentException WrongColumns(int expected, int actual, string parameterName) =>
        new($"{parameterName}: layer '{Layers[0].Name}' expected rows of {expected} columns; it got {actual}", parameterName);

    private void Release()
    {
        _engine?.Dispose();
        _settings?.DisposeOwned();
        _backend?.Dispose();
    }
}
