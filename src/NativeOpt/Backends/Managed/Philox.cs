using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// Philox 4x32-10, a random number generator without state (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011): a block of four words is a function of a counter and a key.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>Four words.</summary>
    [InlineArray(4)]
    public struct Words
    {
        private uint _first;
    }

    /// <summary>Block <paramref name="index"/> of a stream, keyed with the seed: the layout that nativeopt.h documents.</summary>
    public static Words Block(ulong seed, ulong stream, ulong index)
    {
        Words counter = default;
        (counter[0], counter[1], counter[2], counter[3]) = ((uint)index, (uint)(index >> 32), (uint)stream, (uint)(stream >> 32));
        return Run(counter, (uint)seed, (uint)(seed >> 32));
    }

    /// <summary>The function of the paper; counter and key in little-endian word order.</summary>
    public static Words Run(Words counter, uint key0, uint key1)
    {
        (uint c0, uint c1, uint c2, uint c3) = (counter[0], counter[1], counter[2], counter[3]);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ key0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }
        (counter[0], counter[1], counter[2], counter[3]) = (c0, c1, c2, c3);
        return counter;
    }
}
