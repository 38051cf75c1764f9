using System.Globalization;
using System.Text.RegularExpressions;
using NativeOpt.Training;

namespace NativeOpt.Files;

/// <summary>
/// Finds out which array of a file is which parameter of a model. A file may have the names of this library, of Keras (paths or
/// numpy.savez' arr_0, arr_1 ... in the order of get_weights) or of torch.nn, where a module's place in a Sequential is its name.
/// </summary>
internal sealed partial class WeightMatching(ParameterArena arena, IReadOnlyList<StoredTensor> tensors, string path)
{
    // Nothing in a model corresponds to it.
    private const string BatchCount = "num_batches_tracked";

    private const int MaxDigits = 20;

    /// <summary>An array for every parameter.</summary>
    /// <exception cref="InvalidDataException">One is missing or of another shape, or there are more.</exception>
    public List<(NamedParameter Parameter, StoredTensor Tensor)> Match()
    {
        List<(NamedParameter Parameter, StoredTensor Tensor)> pairs =
            FromOrder() ?? FromPyTorch() ?? FromNames(NamedParameter.Of(arena, TensorNaming.Keras), WithoutFirstPart());
        foreach ((NamedParameter parameter, StoredTensor tensor) in pairs)
            ParameterBytes.Check(parameter, tensor, path);
        return pairs;
    }

    // What numpy.savez calls arrays that were given without names.
    private List<(NamedParameter, StoredTensor)>? FromOrder()
    {
        var ordered = new SortedDictionary<int, StoredTensor>();
        foreach (StoredTensor tensor in tensors)
        {
            if (!tensor.Name.StartsWith("arr_", StringComparison.Ordinal)
                || !int.TryParse(tensor.Name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                return null;
            ordered[index] = tensor;
        }
        RequireCount(ordered.Count, arena.Ranges.Count);
        return [.. NamedParameter.Of(arena, TensorNaming.Keras).Zip(ordered.Values)];
    }

    private List<(NamedParameter, StoredTensor)>? FromPyTorch()
    {
        StoredTensor[] used = [.. tensors.Where(tensor => !tensor.Name.EndsWith("." + BatchCount, StringComparison.Ordinal))];
        if (used.Length == 0 || !Array.TrueForAll(used, tensor => tensor.Name.Contains('.') && !tensor.Name.Contains('/')))
            return null;
        List<NamedParameter> parameters = NamedParameter.Of(arena, TensorNaming.PyTorch);
        string[] layers = [.. parameters.Select(parameter => parameter.Layer).Distinct()];
        string[] modules = [.. used.Select(tensor => ModuleOf(tensor.Name)).Distinct().OrderBy(NaturalKey, StringComparer.Ordinal)];
        // Modules of other names are the layers in their order.
        if (!modules.All(layers.Contains))
        {
            if (modules.Length != layers.Length)
                throw new InvalidDataException(
                    $"{path}: the file has parameters of {modules.Length} modules ({string.Join(", ", modules)}); the model has "
                    + $"{layers.Length} layers with parameters ({string.Join(", ", layers)})");
            parameters = [.. parameters.Select(parameter => parameter with
            {
                Name = modules[Array.IndexOf(layers, parameter.Layer)] + parameter.Name[parameter.Name.LastIndexOf('.')..],
            })];
        }
        return FromNames(parameters, used.ToDictionary(tensor => tensor.Name));
    }

    /// <summary>The arrays by name; a first part that all of them share, such as the name of a Keras model, does not count.</summary>
    private Dictionary<string, StoredTensor> WithoutFirstPart()
    {
        string[] first = [.. tensors.Select(tensor => tensor.Name.Split('/')).Where(parts => parts.Length > 2).Select(parts => parts[0])];
        bool isShared = first.Length == tensors.Count && first.Distinct().Count() == 1;
        var byName = new Dictionary<string, StoredTensor>();
        foreach (StoredTensor tensor in tensors)
            byName[isShared ? tensor.Name[(first[0].Length + 1)..] : tensor.Name] = tensor;
        return byName;
    }

    private List<(NamedParameter, StoredTensor)> FromNames(List<NamedParameter> parameters, Dictionary<string, StoredTensor> byName)
    {
        string[] missing = [.. parameters.Select(parameter => parameter.Name).Where(name => !byName.ContainsKey(name))];
        string[] unknown = [.. byName.Keys.Except(parameters.Select(parameter => parameter.Name))];
        return missing.Length == 0 && unknown.Length == 0
            ? [.. parameters.Select(parameter => (parameter, byName[parameter.Name]))]
            : throw new InvalidDataException($"{path}: "
                + (missing.Length == 0 ? "" : $"there is no '{string.Join("', '", missing)}', which the model needs")
                + (missing.Length == 0 || unknown.Length == 0 ? "" : "; ")
                + (unknown.Length == 0 ? "" : $"the model has no '{string.Join("', '", unknown)}'"));
    }

    private void RequireCount(int found, int expected)
    {
        if (found != expected)
            throw new InvalidDataException($"{path}: the file has {found} arrays; the model has {expected} parameters");
    }

    private static string ModuleOf(string name) => name[..name.LastIndexOf('.')];

    /// <summary>Sorts "2" before "10".</summary>
    private static string NaturalKey(string name) => Digits().Replace(name, digits => digits.Value.PadLeft(MaxDigits, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
