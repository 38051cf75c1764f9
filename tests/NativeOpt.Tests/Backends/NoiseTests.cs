using NativeOpt.Backends;
using NativeOpt.Initializers;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>The noise operation: which numbers are random, and that all backends have the same ones.</summary>
public sealed class NoiseTests
{
    private const ulong Seed = 0x123456789abcdef0, Stream = 0xfedcba9876543210;

    public static TheoryData<string, int, int, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int, int, int>();
            foreach (string backend in TestBackends.Names)
                foreach (int noise in new[] { 0, 1, 2 })
                    foreach ((int rows, int columns) in new[] { (1, 1), (3, 7), (5, 64), (2, 700), (70, 600) })
                        data.Add(backend, noise, rows, columns);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Noise_OnEveryBackend_HasTheSameBits(string backendName, int noise, int rows, int columns)
    {
        NoptNoiseArgs settings = Settings((NoptNoise)noise, offset: 4611686018427387905);
        double[] expected = Run("managed", settings, rows, columns);

        Assert.Equal(expected, Run(backendName, settings, rows, columns));
        Assert.Equal(expected, Run(backendName, settings, rows, columns, threads: 3));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Dropout_KeepsTheElementsWhoseUniformNumberReachesTheRate(string backendName)
    {
        NoptNoiseArgs settings = Settings(NoptNoise.Dropout, offset: 3);
        using IBackend backend = TestBackends.Open(backendName);
        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 11, 13, seed: 1);
        using var uniform = new TestMatrix(NoptDtype.F32, 11, 13);
        backend.Run(new NoptRandomUniformArgs { Seed = Seed, Stream = Stream, Offset = 3, High = 1, Y = uniform.Native });

        double[] y = Run(backendName, settings, 11, 13);

        Assert.Equal(
            x.Values().Zip(uniform.Values(), (value, u) => u >= settings.Rate ? (float)value * 1.5f + 0.25f : -7.0), y);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Dropout_AtRateZeroAndOne_KeepsAndDropsEverything(string backend)
    {
        NoptNoiseArgs settings = Settings(NoptNoise.Dropout) with { Scale = 1, Shift = 0, Dropped = 0 };

        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 9, 40, seed: 1);
        Assert.Equal(x.Values(), Run(backend, settings with { Rate = 0 }, 9, 40));
        Assert.All(Run(backend, settings with { Rate = 1 }, 9, 40), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData((int)NoptNoise.GaussianFactor)]
    [InlineData((int)NoptNoise.Gaussian)]
    public void GaussianNoise_InDouble_IsTheQuantileOfTheElementsWord(int noise)
    {
        using IBackend backend = TestBackends.Open("managed");
        using TestMatrix x = TestMatrix.Random(NoptDtype.F64, 4, 5, seed: 1);
        using var y = new TestMatrix(NoptDtype.F64, 4, 5);
        backend.Run(Settings((NoptNoise)noise, offset: 6) with { X = x.Native, Y = y.Native });

        for (int i = 0; i < 20; i++)
        {
            uint word = NativeOpt.Backends.Managed.Philox.Block(Seed, Stream, (ulong)(6 + i) / 4)[(6 + i) % 4];
            double n = NormalQuantile.At((word + 0.5) / 4294967296.0);
            double before = x[i / 5, i % 5];
            Assert.Equal(noise == (int)NoptNoise.Gaussian ? before + 1.5 * n : before * (1 + 1.5 * n), y[i / 5, i % 5], 1e-15);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Noise_InPlace_IsThatIntoAnotherMatrix(string backendName)
    {
        foreach (NoptNoise noise in Enum.GetValues<NoptNoise>())
        {
            NoptNoiseArgs settings = Settings(noise);
            using IBackend backend = TestBackends.Open(backendName);
            using TestMatrix x = TestMatrix.Random(NoptDtype.F32, 6, 30, seed: 1);
            backend.Run(settings with { X = x.Native, Y = x.Native });

            Assert.Equal(Run(backendName, settings, 6, 30), x.Values());
        }
    }

    private static NoptNoiseArgs Settings(NoptNoise noise, ulong offset = 0) => new()
    {
        Noise = (int)noise,
        Seed = Seed,
        Stream = Stream,
        Offset = offset,
        Rate = 0.3,
        Scale = 1.5,
        Shift = 0.25,
        Dropped = -7,
    };

    private static double[] Run(string backendName, NoptNoiseArgs settings, int rows, int columns, int threads = 1)
    {
        using IBackend backend = TestBackends.Open(backendName, threads);
        using TestMatrix x = TestMatrix.Random(NoptDtype.F32, rows, columns, seed: 1);
        using var y = new TestMatrix(NoptDtype.F32, rows, columns);
        backend.Run(settings with { X = x.Native, Y = y.Native });
        return y.Values();
    }
}
