using System.Globalization;

namespace NativeOpt.Data;

/// <summary>Checks weights of rows.</summary>
internal static class SampleWeights
{
    /// <summary>As many finite numbers as there are rows.</summary>
    /// <exception cref="ArgumentException">There are more or fewer, or one is not finite.</exception>
    public static void Check(float[] sampleWeight, int rows)
    {
        if (sampleWeight.Length != rows)
            throw new ArgumentException($"sampleWeight has {sampleWeight.Length} numbers; there are {rows} rows", nameof(sampleWeight));
        int wrong = Array.FindIndex(sampleWeight, weight => !float.IsFinite(weight));
        if (wrong >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"sampleWeight[{wrong}] is {sampleWeight[wrong]}; it must be finite"), nameof(sampleWeight));
    }
}
