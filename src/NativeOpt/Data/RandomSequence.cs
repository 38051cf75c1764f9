using NativeOpt.Backends.Managed;
using NativeOpt.Initializers;

namespace NativeOpt.Data;

/// <summary>
/// Random numbers of one Philox stream, drawn one after the other. Only + - * / and roots, no function of a C library: the same
/// seed gives the same bits on every machine.
/// </summary>
internal sealed class RandomSequence(long seed, ulong stream)
{
    private Philox.Words _block;
    private ulong _drawn;

    /// <summary>Uniform in [0, 1), a multiple of 2^-52.</summary>
    public double NextFraction() => NextBits52() / (double)(1UL << 52);

    /// <summary>Uniform in [low, high).</summary>
    public double NextBetween(double low, double high) => low + NextFraction() * (high - low);

    /// <summary>Standard normal.</summary>
    public double NextNormal() => NormalQuantile.At((NextBits52() + 0.5) / (1UL << 52));

    /// <summary>A whole number from 0 to limit - 1; the bias of scaling 32 random bits is below limit / 2^32.</summary>
    public int NextBelow(int limit) => (int)(((ulong)NextWord() * (uint)limit) >> 32);

    /// <summary>Fills with standard normal numbers.</summary>
    public void FillNormal(Span<double> values)
    {
        foreach (ref double value in values)
            value = NextNormal();
    }

    /// <summary>Fills with uniform numbers in [low, high).</summary>
    public void FillBetween(Span<double> values, double low, double high)
    {
        foreach (ref double value in values)
            value = NextBetween(low, high);
    }

    /// <summary>0 to count - 1 in random order (Durstenfeld 1964, after Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle(order);
        return order;
    }

    /// <summary>Puts values into random order.</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private ulong NextBits52()
    {
        ulong high = NextWord();
        return (high << 20) | (NextWord() >> 12);
    }

    private uint NextWord()
    {
        int place = (int)(_drawn % 4);
        if (place == 0)
            _block = Philox.Block((ulong)seed, stream, _drawn / 4);
        _drawn++;
        return _block[place];
    }
}
