using NativeOpt.Text;

namespace NativeOpt.Files;

/// <summary>Weights in safetensors or .npz files, told apart by the extension.</summary>
internal static class WeightFile
{
    private const string Safetensors = ".safetensors", Npz = ".npz";

    /// <summary>Writes arrays.</summary>
    /// <exception cref="ArgumentException">The extension is another one.</exception>
    public static void Write(string path, IReadOnlyList<StoredTensor> tensors)
    {
        switch (ExtensionOf(path))
        {
            case Npz:
                NpzFile.Write(path, tensors);
                break;
            default:
                SafetensorsFile.Write(path, tensors);
                break;
        }
    }

    /// <summary>Reads arrays.</summary>
    /// <exception cref="ArgumentException">The extension is another one.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyList<StoredTensor> Read(string path) =>
        ExtensionOf(path) == Npz ? NpzFile.Read(path) : SafetensorsFile.Read(path).Tensors;

    /// <summary>Refuses a path whose extension is of neither.</summary>
    public static string ExtensionOf(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string extension = Path.GetExtension(path);
        return Array.Find([Safetensors, Npz], known => known.Equals(extension, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(NearestName.Explain("extension of path", extension, [Safetensors, Npz]), nameof(path));
    }
}
