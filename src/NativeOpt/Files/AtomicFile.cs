namespace NativeOpt.Files;

/// <summary>
/// Writes a file so that whoever opens it finds all of it: under another name first, then to the disk, and then in the place of the one
/// that was there. If anything fails, or the process ends, the old file is still what it was.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its path; the folder must be there.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk is full, there is no such folder, or a folder or device has that name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = OutputFile.Resolve(path);
        string temporary = $"{full}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
