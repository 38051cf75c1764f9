using NativeOpt.Files;

namespace NativeOpt;

// Models in files.
public sealed partial class Sequential
{
    /// <summary>The model that <see cref="Model.Save"/> has written, ready to predict, or to train on as if it had never stopped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="backend">What computes; by default the native library where it can be loaded.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or no checkpoint of a whole model, or has a name that is unknown here; the message says what.
    /// </exception>
    /// <exception cref="NativeOptException">The native backend was asked for and cannot be loaded.</exception>
    public static Sequential Load(string path, BackendKind backend = BackendKind.Auto)
    {
        SafetensorsFile file = Checkpoint.Read(path);
        string text = file.Metadata.GetValueOrDefault(Checkpoint.ModelKey)
            ?? throw new InvalidDataException($"{path}: the checkpoint has no layers and settings; "
                + "Restore brings a model of the same layers there");
        Sequential model = FromText(text, path, backend);
        try
        {
            model.Restore(file, path);
            foreach ((string key, string note) in file.Metadata)
                if (key.StartsWith(Checkpoint.NotePrefix, StringComparison.Ordinal))
                    model.Notes[key[Checkpoint.NotePrefix.Length..]] = note;
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static Sequential FromText(string text, string path, BackendKind backend)
    {
        try
        {
            return FromJson(text, backend);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
