namespace NativeOpt.Data;

/// <summary>Pictures and their labels from a pair of IDX files.</summary>
internal static class ImageSet
{
    private const float PixelScale = 1 / 255f;

    /// <summary>Reads both files and checks that they belong together.</summary>
    /// <exception cref="InvalidDataException">They do not; the message has the path and what was expected.</exception>
    public static InMemoryDataset Load(string imagePath, string labelPath, int classes)
    {
        IdxFile images = IdxFile.Read(imagePath);
        IdxFile labels = IdxFile.Read(labelPath);
        if (images.Shape.Count != 3)
            throw new InvalidDataException($"{imagePath}: expected 3 dimensions (count, height, width), found {images.Shape.Count}");
        if (labels.Shape.Count != 1 || labels.Shape[0] != images.Shape[0])
            throw new InvalidDataException(
                $"{labelPath}: expected {images.Shape[0]} labels, found shape [{string.Join(", ", labels.Shape)}]");
        CheckLabels(labels.Data.Span, labelPath, classes);
        return new InMemoryDataset(new Features(images.Data, PixelScale, [.. images.Shape]), new Targets(labels.Data));
    }

    private static void CheckLabels(ReadOnlySpan<byte> labels, string path, int classes)
    {
        int row = labels.IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (row >= 0)
            throw new InvalidDataException($"{path}: label {row} is {labels[row]}; it must be below {classes}");
    }
}
