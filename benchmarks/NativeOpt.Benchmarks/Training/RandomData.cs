namespace NativeOpt.Benchmarks.Training;

/// <summary>Pictures and labels that are the same in every run.</summary>
internal static class RandomData
{
    /// <summary>Bytes of pictures, one after the other.</summary>
    public static byte[] Pixels(int count)
    {
        var pixels = new byte[count];
        new Random(1).NextBytes(pixels);
        return pixels;
    }

    /// <summary>Labels from 0 to <paramref name="classes"/> - 1.</summary>
    public static int[] Labels(int count, int classes)
    {
        var random = new Random(2);
        var labels = new int[count];
        for (int i = 0; i < count; i++)
            labels[i] = random.Next(classes);
        return labels;
    }
}
