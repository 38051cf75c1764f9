
namespace NativeOpt.Tests.Data;

/// <summary>A small pair of IDX files: pictures of 2 x 3 pixels and their labels.</summary>
internal static class IdxPair
{
    public static (string Images, string Labels) Write(TemporaryFolder folder, int count, string name = "idx")
    {
        string images = folder[name + "-images"], labels = folder[name + "-labels"];
        File.WriteAllBytes(images,
            [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, 6 * count).Select(i => (byte)(7 * i))]);
        File.WriteAllBytes(labels, [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
        return (images, labels);
    }
}
