using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Models;

/// <summary>A saved model with what lies between it and tables.</summary>
internal sealed record ModelFile(Sequential Model, Preprocessing Preprocessing) : IDisposable
{
    /// <summary>The file in the folder of a training.</summary>
    public const string Name = "model.safetensors";

    /// <summary>Loads a file that `nativeopt train` or <see cref="Model.Save"/> has written, or that of a folder.</summary>
    /// <exception cref="InputException">It is not there or cannot be used.</exception>
    public static ModelFile Load(string path, BackendKind backend)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, Name) : path;
        try
        {
            Sequential model = Sequential.Load(file, backend);
            return new ModelFile(model, Preprocessing.Of(model));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"model is '{path}'; it cannot be used: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
