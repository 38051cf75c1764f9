using NativeOpt.Cli.Display;
using NativeOpt.Cli.Download;
using NativeOpt.Cli.Output;
using NativeOpt.Text;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt data get` does once its settings are known.</summary>
internal static class DataGetAction
{
    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">The data set cannot be had, or the folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; nothing was written.</exception>
    public static int Run(DataGetSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        RemoteDataset? dataset = settings.Known.FirstOrDefault(known => IsNamed(known.Name, settings.Name));
        if (dataset is null)
            return Refuse(settings, terminal);
        string folder = Path.GetFullPath(settings.Folder ?? Path.Combine(Datasets.DownloadFolder, dataset.Name));
        using FileSource source = Source(settings, dataset);
        var installer = new DatasetInstaller(dataset, source, text => terminal.Error.WriteLine(text));
        bool downloaded = Install(installer, dataset, folder, cancellation);
        if (settings.Json)
            terminal.Output.WriteLine(DataJson.Write(new DataGetResult
            {
                Name = dataset.Name,
                Folder = folder,
                Downloaded = downloaded,
                Files = [.. dataset.Files.Select(file => new DataFile(file.Name, file.Bytes, file.Sha256))],
            }));
        else
            terminal.Output.WriteLine($"{dataset.Title} is {(downloaded ? "" : "already ")}in {folder}");
        return ExitCode.Success;
    }

    // Whether anything was downloaded.
    private static bool Install(DatasetInstaller installer, RemoteDataset dataset, string folder, CancellationToken cancellation)
    {
        try
        {
            if (installer.IsInstalled(folder))
                return false;
            installer.InstallAsync(folder, cancellation).GetAwaiter().GetResult();
            return true;
        }
        catch (DownloadException e)
        {
            throw new InputException($"{e.Message}. {ByHand(dataset, folder)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"files cannot be written to '{folder}': {e.Message}; --folder names another one", e);
        }
    }

    private static string ByHand(RemoteDataset dataset, string folder)
    {
        string files = string.Join(", ", dataset.Downloads.Select(file => file.Name));
        return $"Without a connection: bring {files} from {dataset.Address} here by other means, and name their folder with --from; "
            + $"they go to '{folder}'";
    }

    private static FileSource Source(DataGetSettings settings, RemoteDataset dataset)
    {
        if (settings.From is not { } from)
            return new WebSource(dataset.Address, settings.CreateHandler());
        if (!from.Contains("://", StringComparison.Ordinal))
            return Directory.Exists(from)
                ? new FolderSource(from)
                : throw new InputException($"--from is '{from}'; there is no such folder");
        // What comes is checked by its sum, so that anybody may serve it; but who reads along is nobody's business.
        bool usable = Uri.TryCreate(from.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
        return usable
            ? new WebSource(address!, settings.CreateHandler())
            : throw new InputException($"--from is '{from}'; it must be an address with https, or a folder");
    }

    private static int Refuse(DataGetSettings settings, Terminal terminal)
    {
        if (!Datasets.Names.Any(name => IsNamed(name, settings.Name)))
            throw new InputException(NearestName.Explain("data set", settings.Name, Datasets.Names.ToArray()));
        if (settings.Json)
            terminal.Output.WriteLine(DataJson.Write(
                new DataGetResult { Name = settings.Name, Folder = null, Downloaded = false, Files = [] }));
        else
            terminal.Output.WriteLine($"{settings.Name} is part of the program: there is nothing to download");
        return ExitCode.Success;
    }

    private static bool IsNamed(string known, string name) => string.Equals(known, name, StringComparison.OrdinalIgnoreCase);
}
