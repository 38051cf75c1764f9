namespace NativeOpt.Cli.Download;

/// <summary>A file cannot be had, or is not the one it should be.</summary>
internal sealed class DownloadException(string message, Exception? innerException = null) : Exception(message, innerException);
