using NativeOpt.Data;

namespace NativeOpt.Tests.Training;

/// <summary>The embedded digits in the order of the file, as golden cases name their rows.</summary>
internal static class DigitsData
{
    /// <summary>Rows [first, end) with pixels divided by 16.</summary>
    public static InMemoryDataset Rows(int first, int end)
    {
        const int columns = 64;
        ReadOnlyMemory<byte> pixels = DigitsResource.Images().Data[(first * columns)..(end * columns)];
        return new InMemoryDataset(
            new Features(pixels, DigitsResource.PixelScale, end - first, columns), new Targets(DigitsResource.Labels().Data[first..end]));
    }
}
