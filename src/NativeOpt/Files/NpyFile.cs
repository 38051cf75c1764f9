using NativeOpt.Files;

namespace NativeOpt;

/// <summary>One array in NumPy's .npy format, versions 1 to 3.</summary>
public static class NpyFile
{
    /// <summary>Reads a file. Arrays in Fortran's order come out row-major, and numbers in the other order of bytes in this one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The array; its name is that of the file without extension.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, cut off, too long, of another format, or has elements that are no numbers; the message has the path and where
    /// it happened.
    /// </exception>
    public static StoredTensor Read(string path)
    {
        using FileStream file = InputFile.Open(path);
        return new NpyReader(file, file.Length, path).Read(Path.GetFileNameWithoutExtension(path));
    }

    /// <summary>Writes a file in one piece: until it is complete, what was there stays there.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="tensor">The array; its name is not written.</param>
    /// <exception cref="ArgumentException">The elements are of a type that NumPy does not have.</exception>
    /// <exception cref="IOException">The disk is full, or something else stands in the way.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static void Write(string path, StoredTensor tensor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(tensor);
        NpyWriter.Check(tensor);
        AtomicFile.Write(path, stream => NpyWriter.Write(stream, tensor));
    }
}
