using System.Text;
using System.Text.Json;
using NativeOpt.Cli.Commands;
using NativeOpt.Files;
using NativeOpt.Training;

namespace NativeOpt.Cli.Models;

/// <summary>The checkpoint in the folder of a training: the state after the last epoch, and the recipe that it goes on by.</summary>
internal sealed class TrainingCheckpoint(string output)
{
    /// <summary>Its folder in that of the training.</summary>
    public const string FolderName = "checkpoint";

    private readonly BackupAndRestore _file = new(Path.Combine(output, FolderName), deleteCheckpoint: false);

    /// <summary>The folder.</summary>
    public string Folder => _file.BackupDir;

    /// <summary>The state.</summary>
    public string StatePath => _file.BackupPath;

    /// <summary>The recipe.</summary>
    public string RecipePath => Path.Combine(Folder, "recipe.json");

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(_file.BackupPath) && File.Exists(RecipePath);

    /// <summary>How far it has come, where epochs are left; null where none are, or the file is damaged and nothing can be lost.</summary>
    public (int Done, int Epochs)? FindUnfinished()
    {
        try
        {
            TrainingCounts counts = TrainingCounts.Read(Checkpoint.Read(StatePath).Metadata[Checkpoint.StateKey]);
            CallbackState state = counts.Callbacks.First(callback => callback.Type == nameof(BackupAndRestore));
            int done = (int)state["epoch"];
            using JsonDocument recipe = JsonDocument.Parse(File.ReadAllText(RecipePath));
            int epochs = recipe.RootElement.GetProperty("epochs").GetInt32();
            return done < epochs && state["stopped"] == 0 ? (done, epochs) : null;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or InvalidOperationException or JsonException
            or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes the folder, and writes the recipe.</summary>
    /// <param name="recipe">Its text.</param>
    /// <param name="keepsState">Whether the training goes on with the state that is there.</param>
    /// <exception cref="InputException">It cannot be written there.</exception>
    public void Begin(string recipe, bool keepsState)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            if (!keepsState)
                File.Delete(StatePath);
            AtomicFile.Write(RecipePath, stream => stream.Write(Encoding.UTF8.GetBytes(recipe)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--output is '{output}'; the checkpoint cannot be written to '{Folder}': {e.Message}", e);
        }
    }

    /// <summary>Takes the folder away where no state was saved: there is nothing to go on with.</summary>
    public void RemoveIfEmpty()
    {
        if (File.Exists(StatePath) || !Directory.Exists(Folder))
            return;
        File.Delete(RecipePath);
        if (!Directory.EnumerateFileSystemEntries(Folder).Any())
            Directory.Delete(Folder);
    }
}
