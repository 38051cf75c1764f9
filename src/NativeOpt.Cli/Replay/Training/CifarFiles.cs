namespace NativeOpt.Cli.Replay.Training;

/// <summary>
/// CIFAR-10 in its binary form (Krizhevsky 2009): records of a label and 3 x 32 x 32 bytes. The files are nobody's to pass on, so the
/// user names their folder.
/// </summary>
internal static class CifarFiles
{
    private const int Pixels = 3072, Record = Pixels + 1, Classes = 10, TrainingPictures = 50_000;

    /// <summary>Reads data_batch_1.bin to data_batch_5.bin and test_batch.bin.</summary>
    /// <exception cref="ReplayException">A file is missing or is not whole records.</exception>
    public static (InMemoryDataset Train, InMemoryDataset Test) Load(string? directory)
    {
        const string need = "needs all of CIFAR-10: data_batch_1.bin to data_batch_5.bin and test_batch.bin";
        if (directory is null)
            throw new ReplayException($"{need}; give --data-dir");
        string[] names = [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin"), "test_batch.bin"];
        if (Array.Find(names, name => !File.Exists(Path.Combine(directory, name))) is { } missing)
            throw new ReplayException($"{need}; --data-dir '{directory}' has no {missing}");
        InMemoryDataset train = Read([.. names[..5].Select(name => Path.Combine(directory, name))]);
        return train.Count == TrainingPictures
            ? (train, Read([Path.Combine(directory, names[5])]))
            : throw new ReplayException($"{need}; --data-dir '{directory}' has {train.Count} pictures for training, not {TrainingPictures}");
    }

    private static InMemoryDataset Read(string[] paths)
    {
        var pixels = new List<byte>();
        var labels = new List<byte>();
        foreach (string path in paths)
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length == 0 || bytes.Length % Record != 0)
                throw new ReplayException($"{path} has {bytes.Length} bytes; it must be whole records of {Record}");
            for (int start = 0; start < bytes.Length; start += Record)
            {
                if (bytes[start] >= Classes)
                    throw new ReplayException($"{path}: record {start / Record} has label {bytes[start]}; it must be below {Classes}");
                labels.Add(bytes[start]);
                pixels.AddRange(bytes.AsSpan(start + 1, Pixels));
            }
        }
        return new InMemoryDataset(new Features(pixels.ToArray(), 1 / 255f, labels.Count, Pixels), labels.ToArray());
    }
}
