using Xunit;

namespace NativeOpt.Tests.Golden;

/// <summary>Comparison of numbers with a tolerance relative to max(|expected|, 1).</summary>
internal static class Close
{
    /// <summary>Two lists of the same length; the message names the worst element.</summary>
    public static void AssertAll(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        Assert.True(expected.Count == actual.Count, $"{what}: {expected.Count} expected, {actual.Count} given");
        for (int i = 0; i < expected.Count; i++)
            AssertOne(expected[i], actual[i], tolerance, $"{what}[{i}]");
    }

    /// <summary>One number. NaN equals NaN only.</summary>
    public static void AssertOne(double expected, double actual, double tolerance, string what)
    {
        bool close = expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), 1);
        Assert.True(close, $"{what} is {actual:R}, expected {expected:R}, tolerance {tolerance:R}");
    }
}
