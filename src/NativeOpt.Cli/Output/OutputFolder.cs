using System.Text;
using NativeOpt.Cli.Commands;

namespace NativeOpt.Cli.Output;

/// <summary>
/// The folder the files of a command go to. Opening it shows at once whether it can be written to; what was only begun is taken
/// away again when the folder is disposed without <see cref="Commit"/>, and so is the folder if it was made for this.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly List<string> _createdFolders;
    private readonly List<(string Temporary, string Final)> _pending = [];
    private readonly string _mark = $".{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
    private bool _committed;

    private OutputFolder(string path, List<string> createdFolders) => (Path, _createdFolders) = (path, createdFolders);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Makes the folder if need be and tries to write into it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="argument">What the folder was given with, for messages.</param>
    /// <param name="names">Files that will be added: none of the names may belong to a folder.</param>
    /// <exception cref="InputException">It cannot be made or written to; the message names <paramref name="argument"/>.</exception>
    public static OutputFolder Open(string path, string argument, params string[] names)
    {
        var created = new List<string>();
        try
        {
            string full = System.IO.Path.GetFullPath(path);
            for (string? folder = full; folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder))
                created.Add(folder);
            Directory.CreateDirectory(full);
            if (Array.Find(names, name => Directory.Exists(System.IO.Path.Combine(full, name))) is { } taken)
                throw new InputException($"{argument} is '{path}'; the file {taken} cannot be written there: a folder has that name");
            var opened = new OutputFolder(full, created);
            string probe = System.IO.Path.Combine(full, opened._mark);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            RemoveEmpty(created);
            throw new InputException($"{argument} is '{path}'; files cannot be written there: {Reason(e, path, created)}", e);
        }
    }

    /// <summary>Where nothing can be made, as in /proc, the system says "not found" of the folder that was to be made.</summary>
    private static string Reason(Exception failure, string path, List<string> created) =>
        failure is FileNotFoundException or DirectoryNotFoundException
            ? $"'{(created.Count > 0 ? System.IO.Path.GetDirectoryName(created[^1]) : path)}' is not writable"
            : failure.Message;

    /// <summary>Writes a file under a temporary name, in UTF-8.</summary>
    public void Add(string name, string text) =>
        Add(name, path => File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));

    /// <summary>Lets something else write a file, under the temporary name that it is given.</summary>
    public void Add(string name, Action<string> write)
    {
        string final = System.IO.Path.Combine(Path, name);
        string temporary = System.IO.Path.Combine(Path, "." + name + _mark);
        _pending.Add((temporary, final));
        write(temporary);
    }

    /// <summary>Gives every file its name, replacing an older one. If one of them fails, all names are as they were before.</summary>
    public void Commit()
    {
        var undo = new Stack<Action>();
        try
        {
            foreach ((string temporary, string final) in _pending)
            {
                if (File.Exists(final))
                {
                    File.Move(final, OlderOf(temporary));
                    undo.Push(() => File.Move(OlderOf(temporary), final));
                }
                File.Move(temporary, final, overwrite: true);
                undo.Push(() => File.Delete(final));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            foreach (Action step in undo)
                step();
            throw;
        }
        _committed = true;
        foreach ((string temporary, _) in _pending)
            File.Delete(OlderOf(temporary));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_committed)
            return;
        foreach ((string temporary, _) in _pending)
            File.Delete(temporary);
        RemoveEmpty(_createdFolders);
    }

    /// <summary>Where the file that is being replaced waits until all of them are.</summary>
    private static string OlderOf(string temporary) => temporary + ".old";

    /// <summary>Innermost first; stops at the first one that somebody else has put something into.</summary>
    private static void RemoveEmpty(List<string> folders)
    {
        foreach (string folder in folders)
        {
            if (!Directory.Exists(folder))
                continue;
            if (Directory.EnumerateFileSystemEntries(folder).Any())
                return;
            Directory.Delete(folder);
        }
    }
}
