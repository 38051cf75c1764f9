namespace NativeOpt.Data;

/// <summary>Files whose length says how much is in them.</summary>
internal static class RegularFile
{
    /// <summary>
    /// Whether it is empty, or a pipe or a device, which have length 0. To be asked before it is opened: opening a pipe waits, perhaps
    /// for ever, for somebody to write to it. A file that is not there is not empty.
    /// </summary>
    public static bool IsEmpty(string path) =>
        new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path) is { Exists: true, Length: 0 };

    /// <summary>Refuses such a file.</summary>
    /// <exception cref="InvalidDataException">It is one.</exception>
    public static void RequireContent(string path)
    {
        if (IsEmpty(path))
            throw new InvalidDataException($"{path}: it is empty, or a pipe or a device");
    }
}
