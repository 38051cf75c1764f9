using NativeOpt.Data;

namespace NativeOpt.Files;

/// <summary>Opens files for reading.</summary>
internal static class InputFile
{
    /// <summary>Opens a file that has a length: no pipe or device, whose opening may wait for ever.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is empty, or a pipe or a device.</exception>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such file", path);
        RegularFile.RequireContent(path);
        return File.OpenRead(path);
    }
}
