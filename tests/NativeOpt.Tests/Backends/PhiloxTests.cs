using NativeOpt.Backends;
using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

public sealed class PhiloxTests
{
    private const double Fraction = 1.0 / (1 << 24);

    /// <summary>The known answers that the generator's authors publish with it (Random123, kat_vectors).</summary>
    [Theory]
    [InlineData(new uint[] { 0, 0, 0, 0 }, new uint[] { 0, 0 }, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, new uint[] { 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, new uint[] { 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Run_KnownCounterAndKey_GivesTheKnownWords(uint[] counter, uint[] key, uint[] words)
    {
        ulong seed = key[0] | (ulong)key[1] << 32;
        ulong stream = counter[2] | (ulong)counter[3] << 32;
        ulong index = counter[0] | (ulong)counter[1] << 32;

        Philox.Words block = Philox.Block(seed, stream, index);

        Assert.Equal(words, new[] { block[0], block[1], block[2], block[3] });
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void RandomUniform_TakesTheUpper24BitsOfItsWord(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        // The published words of counter 0 and key 0, from the second one on.
        uint[] words = [0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
        using var y = new TestMatrix(NoptDtype.F32, 1, 3);

        backend.Run(new NoptRandomUniformArgs { Offset = 1, Low = 0, High = 1, Y = y.Native });

        Assert.Equal(words.Select(word => (word >> 8) * Fraction), y.Values());
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.Native), MemberType = typeof(TestBackends))]
    public void RandomUniform_NativeAndManaged_GiveTheSameBits(string backendName)
    {
        using IBackend native = TestBackends.Open(backendName);
        using IBackend managed = TestBackends.Open("managed");
        foreach ((double low, double high, ulong offset) in new[] { (0.0, 1.0, 0ul), (-0.08, 0.08, 3ul), (1e-3, 7.5, ulong.MaxValue / 2) })
        {
            using var a = new TestMatrix(NoptDtype.F32, 37, 19);
            using var b = new TestMatrix(NoptDtype.F32, 37, 19);
            var args = new NoptRandomUniformArgs { Seed = 0x123456789abcdef, Stream = 42, Offset = offset, Low = low, High = high };

            native.Run(args with { Y = a.Native });
            managed.Run(args with { Y = b.Native });

            Assert.Equal(b.Values(), a.Values());
            Assert.All(b.Values(), value => Assert.InRange(value, (float)low, float.BitDecrement((float)high)));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void RandomUniform_InTwoParts_GivesTheNumbersOfOneCall(string backendName)
    {
        using IBackend backend = TestBackends.Open(backendName);
        using var whole = new TestMatrix(NoptDtype.F32, 1, 101);
        using var first = new TestMatrix(NoptDtype.F32, 1, 50);
        using var second = new TestMatrix(NoptDtype.F32, 1, 51);
        var args = new NoptRandomUniformArgs { Seed = 7, Low = -1, High = 1 };

        backend.Run(args with { Y = whole.Native });
        backend.Run(args with { Y = first.Native });
        backend.Run(args with { Offset = 50, Y = second.Native });

        Assert.Equal(whole.Values(), first.Values().Concat(second.Values()));
    }
}
