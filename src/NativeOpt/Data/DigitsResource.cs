using System.Globalization;

namespace NativeOpt.Data;

/// <summary>The digits that are part of this assembly; where they come from is said beside the resource.</summary>
internal static class DigitsResource
{
    /// <summary>Pixels are 0 to 16.</summary>
    public const float PixelScale = 1 / 16f;

    private const int Classes = 10;
    /// <summary>All pictures [1797, 8, 8] in the original order.</summary>
    public static IdxFile Images() => Read("digits-images-idx3-ubyte.gz");

    /// <summary>Their labels [1797].</summary>
    public static IdxFile Labels() => Read("digits-labels-idx1-ubyte.gz");

    /// <summary>Of each class the fifth, tenth, ... picture is for testing, the others for training.</summary>
    public static DataSplit Split()
    {
        (IdxFile images, IdxFile labels) = (Images(), Labels());
        (int[] train, int[] test) = EveryFifth.Split(labels.Data.Length, row => labels.Data.Span[row], Classes);
        string[] names = [.. Enumerable.Range(0, Classes).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];
        return new DataSplit(Datasets.Digits.Name, Select(images, labels, train), Select(images, labels, test), names);
    }

    private static InMemoryDataset Select(IdxFile images, IdxFile labels, int[] rows)
    {
        int columns = images.Data.Length / images.Shape[0];
        var pixels = new byte[rows.Length * columns];
        var classes = new byte[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            images.Data.Span.Slice(rows[i] * columns, columns).CopyTo(pixels.AsSpan(i * columns));
            classes[i] = labels.Data.Span[rows[i]];
        }
        return new InMemoryDataset(new Features(pixels, PixelScale, rows.Length, columns), classes);
    }

    private static IdxFile Read(string name)
    {
        using Stream stream = typeof(DigitsResource).Assembly.GetManifestResourceStream($"NativeOpt.Data.Resources.{name}")!;
        return IdxFile.Read(stream, name);
    }
}
