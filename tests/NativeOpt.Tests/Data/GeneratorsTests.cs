using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using NativeOpt.Data.Generators;
using Xunit;

namespace NativeOpt.Tests.Data;

public class GeneratorsTests
{
    /// <summary>Generators by name, small, all random parts in use.</summary>
    private static readonly Dictionary<string, Func<long, InMemoryDataset>> Small = new()
    {
        ["classification"] = seed => Datasets.MakeClassification(
            50, 9, 3, 2, 1, 3, 2, [0.5, 0.3], 0.1, 1.5, hypercube: false, shift: null, scale: null, seed: seed),
        ["moons"] = seed => Datasets.MakeMoons(41, noise: 0.2, seed: seed),
        ["blobs"] = seed => Datasets.MakeBlobs(50, 3, 4, seed: seed),
        ["regression"] = seed => Datasets.MakeRegression(50, 6, 3, 2, 1, 0.5, seed: seed),
    };

    public static TheoryData<string, string> Digests => new()
    {
        { "classification", "f39d6dcdc20658f6" },
        { "moons", "b687b3f6c3265851" },
        { "blobs", "979813f1898a6fd8" },
        { "regression", "04f6e5fcc9f5401f" },
    };

    public static TheoryData<string> Names => [.. Small.Keys];

    /// <summary>What machines and versions must agree about: a change of any bit shows here.</summary>
    [Theory]
    [MemberData(nameof(Digests))]
    public void Numbers_AreTheSameOnEveryMachine(string name, string digest) => Assert.Equal(digest, Digest(Small[name](42)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_FollowFromTheSeed(string name) => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
        seed => Digest(Small[name](seed)) == Digest(Small[name](seed)) && Digest(Small[name](seed)) != Digest(Small[name](seed + 1L)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Classification_HasTheClassesAndColumnsAskedFor()
    {
        InMemoryDataset data = Datasets.MakeClassification(
            400, 8, 3, 2, 1, 4, 2, flipY: 0, classSep: 40, shuffle: false, seed: 5);

        Assert.Equal([100, 100, 100, 100], data.Y.ToLabels().CountBy(label => label).OrderBy(p => p.Key).Select(p => p.Value));
        float[,] x = data.X.ToArray();
        // Rows come cluster by cluster, cluster k of class k % 4, and all rows of a cluster are near one corner of the cube.
        var corners = new HashSet<(int, int, int)>();
        for (int cluster = 0; cluster < 8; cluster++)
        {
            (int, int, int)[] signs = [.. Enumerable.Range(50 * cluster, 50)
                .Select(row => (Math.Sign(x[row, 0]), Math.Sign(x[row, 1]), Math.Sign(x[row, 2])))];
            Assert.Single(signs.Distinct());
            Assert.True(corners.Add(signs[0]));
            Assert.All(Enumerable.Range(50 * cluster, 50), row => Assert.Equal(cluster % 4, data.Y.GetLabel(row)));
        }
        // Column 5 repeats one of the five before it.
        Assert.Single(Enumerable.Range(0, 5), j => Enumerable.Range(0, 400).All(row => x[row, 5] == x[row, j]));
    }

    [Fact]
    public void Classification_RedundantColumnsAreCombinationsOfInformativeOnes()
    {
        float[,] x = Datasets.MakeClassification(60, 4, 2, 1, classes: 2, clustersPerClass: 1, shuffle: false, seed: 9).X.ToArray();

        // Solve for the two factors from the first two rows; the others must agree.
        double determinant = (double)x[0, 0] * x[1, 1] - (double)x[0, 1] * x[1, 0];
        double a = ((double)x[0, 2] * x[1, 1] - (double)x[0, 1] * x[1, 2]) / determinant;
        double b = ((double)x[0, 0] * x[1, 2] - (double)x[0, 2] * x[1, 0]) / determinant;
        Assert.All(Enumerable.Range(2, 58), row => Assert.Equal(a * x[row, 0] + b * x[row, 1], x[row, 2], 1e-4));
        Assert.InRange(Math.Abs(a), 0, 1 + 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Classification_FlipsTheShareOfLabelsAskedFor(double flip)
    {
        int[] pure = Datasets.MakeClassification(20_000, flipY: 0, shuffle: false, seed: 1).Y.ToLabels();
        int[] flipped = Datasets.MakeClassification(20_000, flipY: flip, shuffle: false, seed: 1).Y.ToLabels();

        // Half of the random labels of two classes are right by chance: expected flip / 2, five deviations of it at most.
        Assert.Equal(flip / 2, pure.Zip(flipped).Count(p => p.First != p.Second) / 20_000.0, 0.015);
    }

    [Fact]
    public void Classification_WeightsShiftAndScaleAreKept()
    {
        InMemoryDataset plain = Datasets.MakeClassification(1000, weights: [0.9], flipY: 0, shuffle: false, seed: 2);
        InMemoryDataset moved = Datasets.MakeClassification(
            1000, weights: [0.9, 0.1], flipY: 0, shift: 2, scale: 3, shuffle: false, seed: 2);

        Assert.Equal(900, plain.Y.ToLabels().Count(label => label == 0));
        Assert.Equal(900, moved.Y.ToLabels().Count(label => label == 0));
        Assert.All(Enumerable.Range(0, 20), j => Assert.Equal((plain.X.GetRow(7)[j] + 2) * 3, moved.X.GetRow(7)[j], 1e-4));
    }

    [Fact]
    public void Moons_WithoutNoise_LieOnTheirCircles()
    {
        InMemoryDataset moons = Datasets.MakeMoons(201, seed: 4);

        Assert.Equal(100, moons.Y.ToLabels().Count(label => label == 0));
        for (int row = 0; row < moons.Count; row++)
        {
            float[] point = moons.X.GetRow(row);
            bool upper = moons.Y.GetLabel(row) == 0;
            (double x, double y) = upper ? (point[0], point[1]) : (1 - point[0], 0.5 - point[1]);
            Assert.Equal(1, x * x + y * y, 1e-6);
            Assert.True(y >= -1e-6);
        }
        InMemoryDataset inOrder = Datasets.MakeMoons(6, shuffle: false);
        Assert.Equal(new float[,] { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, 0.5f }, { 1, -0.5f }, { 2, 0.5f } }, inOrder.X.ToArray());
    }

    [Fact]
    public void HalfCircle_AgreesWithTheLibraryToTheLastBitsOfADouble()
    {
        for (int i = 0; i <= 1000; i++)
        {
            (double x, double y) = HalfCircle.At(i / 1000.0);
            Assert.Equal(Math.Cos(Math.PI * i / 1000), x, 1e-15);
            Assert.Equal(Math.Sin(Math.PI * i / 1000), y, 1e-15);
        }
    }

    [Fact]
    public void Blobs_HaveTheCentresAndDeviationAskedFor()
    {
        float[,] centers = { { -5, 0, 5 }, { 5, 5, 5 } };
        InMemoryDataset blobs = Datasets.MakeBlobs(20_001, centers, clusterStd: 0.5, seed: 6);

        Assert.Equal(10_001, blobs.Y.ToLabels().Count(label => label == 0));
        for (int k = 0; k < 2; k++)
            for (int j = 0; j < 3; j++)
            {
                double[] values = [.. Enumerable.Range(0, blobs.Count).Where(row => blobs.Y.GetLabel(row) == k)
                    .Select(row => (double)blobs.X.GetRow(row)[j])];
                double mean = values.Average();
                Assert.Equal(centers[k, j], mean, 0.025);
                Assert.Equal(0.5, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), 0.02);
            }
        InMemoryDataset boxed = Datasets.MakeBlobs(500, 2, 4, clusterStd: 0, centerBox: (3, 4));
        Assert.All(boxed.X.ToArray().Cast<float>(), value => Assert.InRange(value, 3, 4));
        Assert.Equal(4, boxed.Y.ToLabels().Distinct().Count());
    }

    [Fact]
    public void Regression_WithoutNoise_IsTheLinearFunctionItTells()
    {
        InMemoryDataset data = Datasets.MakeRegression(out float[,] coefficients, 30, 7, 3, 2, bias: 4, seed: 8);

        Assert.Equal((7, 2), (coefficients.GetLength(0), coefficients.GetLength(1)));
        Assert.Equal(3, Enumerable.Range(0, 7).Count(j => coefficients[j, 0] != 0));
        Assert.All(coefficients.Cast<float>(), c => Assert.InRange(c, 0, 100));
        Assert.All(Enumerable.Range(0, 30), row =>
        {
            for (int t = 0; t < 2; t++)
                Assert.Equal(4 + Enumerable.Range(0, 7).Sum(j => (double)data.X.GetRow(row)[j] * coefficients[j, t]),
                    data.Y.GetRow(row)[t], 1e-3);
        });
        Assert.Equal(1, Datasets.MakeRegression(5, 4, 9, noise: 1).TargetColumns);
    }

    [Fact]
    public void Noise_OfTheLabelsAlone_DoesNotMoveTheInputs() => Assert.Equal(
        Datasets.MakeClassification(100, flipY: 0, shuffle: false).X.GetRow(3),
        Datasets.MakeClassification(100, flipY: 0.5, shuffle: false).X.GetRow(3));

    [Fact]
    public void Arguments_ThatCannotBe_AreNamed()
    {
        Refuse("samples is 0", () => Datasets.MakeClassification(0));
        Refuse("informative, redundant and repeated are 2, 2 and 0; together they must not be more than features, which is 3",
            () => Datasets.MakeClassification(features: 3));
        Refuse("classes * clustersPerClass is 6; a cube of 2 informative features has only 4 corners", () =>
            Datasets.MakeClassification(classes: 3));
        Refuse("weights has 3 numbers; there must be one for each of the 2 classes", () =>
            Datasets.MakeClassification(weights: [0.2, 0.3, 0.5]));
        Refuse("weights[0] is -0.5", () => Datasets.MakeClassification(weights: [-0.5]));
        Refuse("add up to 0.75; it must be 1", () => Datasets.MakeClassification(weights: [0.5, 0.25]));
        Refuse("flipY is 1.5", () => Datasets.MakeClassification(flipY: 1.5));
        Refuse("classSep is NaN", () => Datasets.MakeClassification(classSep: double.NaN));
        Refuse("samples is 1", () => Datasets.MakeMoons(1));
        Refuse("noise is -1", () => Datasets.MakeMoons(noise: -1));
        Refuse("centers is 0", () => Datasets.MakeBlobs(centers: 0));
        Refuse("centers is [0, 2]", () => Datasets.MakeBlobs(10, new float[0, 2]));
        Refuse("clusterStd is Infinity", () => Datasets.MakeBlobs(clusterStd: double.PositiveInfinity));
        Refuse("targets is 0", () => Datasets.MakeRegression(targets: 0));
        Refuse("informative is -1", () => Datasets.MakeRegression(informative: -1));

        static void Refuse(string sentence, Func<InMemoryDataset> make) =>
            Assert.Contains(sentence, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    private static string Digest(InMemoryDataset data)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int row = 0; row < data.Count; row++)
        {
            sha.AppendData(MemoryMarshal.AsBytes<float>(data.X.GetRow(row)));
            sha.AppendData(data.Y.HasLabels ? [(byte)data.Y.GetLabel(row)] : MemoryMarshal.AsBytes<float>(data.Y.GetRow(row)));
        }
        return Convert.ToHexStringLower(sha.GetHashAndReset())[..16];
    }
}
