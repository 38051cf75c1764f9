using System.Globalization;
using System.Text.RegularExpressions;

namespace NativeOpt.Files;

/// <summary>
/// The state of an optimizer of PyTorch ("state.0.exp_avg", where 0 counts the parameters) or Keras ("adam/dense_kernel_momentum", in the
/// order of the parameters), as a file has it.
/// </summary>
internal sealed partial class ForeignState
{
    // Numbers of PyTorch's optimizers that belong to all parameters together, although each has a copy.
    private static readonly string[] SharedNumbers = ["mu_product", "eta"];

    private readonly Dictionary<(int Parameter, string Slot), StoredTensor> _slots = [];
    private readonly Dictionary<string, double> _numbers = [];

    private ForeignState(Convention source) => Source = source;

    /// <summary>Whose names the file has.</summary>
    public Convention Source { get; }

    /// <summary>Steps so far; null where the file does not say.</summary>
    public long? Steps { get; private set; }

    /// <summary>Numbers that belong to all parameters together.</summary>
    public IReadOnlyDictionary<string, double> Numbers => _numbers;

    /// <summary>Arrays by the place of their parameter, from 0, and their name in the other library.</summary>
    public IReadOnlyDictionary<(int Parameter, string Slot), StoredTensor> Slots => _slots;

    /// <summary>Reads the names of a file.</summary>
    /// <exception cref="InvalidDataException">They are of neither library, or contradict each other.</exception>
    public static ForeignState Read(IReadOnlyList<StoredTensor> tensors, string path)
    {
        bool isPyTorch = tensors.Count > 0 && tensors.All(tensor => PyTorchName().IsMatch(tensor.Name));
        var state = new ForeignState(isPyTorch ? Convention.PyTorch : Convention.Keras);
        foreach (StoredTensor tensor in tensors)
            if (isPyTorch)
                state.AddPyTorch(tensor, path);
            else
                state.AddKeras(tensor, path);
        return state;
    }

    private void AddPyTorch(StoredTensor tensor, string path)
    {
        Match name = PyTorchName().Match(tensor.Name);
        string slot = name.Groups["slot"].Value;
        if (slot == "step")
            SetSteps(tensor, path);
        else if (SharedNumbers.Contains(slot))
            _numbers[slot] = NumberOf(tensor, path);
        // What ASGD calls mu follows from the number of steps.
        else if (slot != "mu")
            _slots[(int.Parse(name.Groups["index"].Value, CultureInfo.InvariantCulture), slot)] = tensor;
    }

    private void AddKeras(StoredTensor tensor, string path)
    {
        string name = tensor.Name[(tensor.Name.LastIndexOf('/') + 1)..];
        if (name is "iteration" or "iterations")
        {
            SetSteps(tensor, path);
            return;
        }
        if (name == "learning_rate")
            return;
        string slot = ForeignSlots.KerasNames.FirstOrDefault(known => name.EndsWith("_" + known, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{path}: '{tensor.Name}' is no state of an optimizer; names such as "
                + "'state.0.exp_avg' (PyTorch) or 'adam/dense_kernel_momentum' (Keras) are");
        _slots[(_slots.Keys.Count(key => key.Slot == slot), slot)] = tensor;
    }

    private void SetSteps(StoredTensor tensor, string path)
    {
        double steps = NumberOf(tensor, path);
        if (steps < 0 || steps != Math.Floor(steps) || steps > long.MaxValue / 2)
            throw new InvalidDataException(FormattableString.Invariant($"{path}: '{tensor.Name}' is {steps}; it must be a number of steps"));
        if (Steps is { } others && others != (long)steps)
            throw new InvalidDataException(
                FormattableString.Invariant($"{path}: '{tensor.Name}' is {steps}, while other parameters have made {others} steps"));
        Steps = (long)steps;
    }

    private static double NumberOf(StoredTensor tensor, string path) => tensor.Count == 1
        ? tensor.ToDoubles()[0]
        : throw new InvalidDataException($"{path}: '{tensor.Name}' has {tensor.Count} elements; it must be one number");

    [GeneratedRegex(@"^state\.(?<index>[0-9]{1,9})\.(?<slot>\w+)$", RegexOptions.CultureInvariant)]
    private static partial Regex PyTorchName();
}
