namespace NativeOpt.Files;

/// <summary>The place of a file that is written under another name and then moved there.</summary>
internal static class OutputFile
{
    /// <summary>
    /// The full path, behind symbolic links: the link stays, and what it points to is replaced. A device is no place for a file, since
    /// moving one there would take the device away from the whole system.
    /// </summary>
    /// <param name="path">As the caller gave it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">A folder or a device has that name.</exception>
    public static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        if (new FileInfo(full) is { LinkTarget: not null } link)
            full = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        if (Directory.Exists(full))
            throw new IOException($"path is '{path}'; a folder has that name");
        if (IsDevice(full))
            throw new IOException($"path is '{path}'; a device has that name");
        if (Path.GetDirectoryName(full) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"path is '{path}'; there is no folder '{folder}'");
        return full;
    }

    /// <summary>.NET tells devices from files by their names only: they live in /dev, where /dev/shm is memory for files.</summary>
    private static bool IsDevice(string full) =>
        full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal) && File.Exists(full);
}
