using System.Globalization;

namespace NativeOpt.Data.Generators;

/// <summary>What MakeClassification was asked for, in scikit-learn's terms.</summary>
internal sealed record ClassificationPlan
{
    /// <summary>A share such as 1 - 0.9 of 1000 rows is 100 rows, although it is a little less in binary.</summary>
    private const double Rounding = 1e-9;

    public required int Samples { get; init; }

    public required int Features { get; init; }

    public required int Informative { get; init; }

    public required int Redundant { get; init; }

    public required int Repeated { get; init; }

    public required int Classes { get; init; }

    public required int ClustersPerClass { get; init; }

    public required double[]? Weights { get; init; }

    public required double FlipY { get; init; }

    public required double ClassSep { get; init; }

    public required bool Hypercube { get; init; }

    public required double? Shift { get; init; }

    public required double? Scale { get; init; }

    public required bool Shuffle { get; init; }

    public required long Seed { get; init; }

    public int Clusters => Classes * ClustersPerClass;

    /// <exception cref="ArgumentException">A number is out of range or two of them contradict each other.</exception>
    public void Check()
    {
        Require.AtLeast(Samples, 1, "samples");
        Require.AtLeast(Features, 1, "features");
        Require.AtLeast(Informative, 1, "informative");
        Require.AtLeast(Redundant, 0, "redundant");
        Require.AtLeast(Repeated, 0, "repeated");
        Require.AtLeast(Classes, 1, "classes");
        Require.AtLeast(ClustersPerClass, 1, "clustersPerClass");
        Require.Fraction(FlipY, "flipY");
        Require.Finite(ClassSep, "classSep");
        Require.Finite(Shift ?? 0, "shift");
        Require.Finite(Scale ?? 0, "scale");
        if ((long)Informative + Redundant + Repeated > Features)
            throw new ArgumentException(
                $"informative, redundant and repeated are {Informative}, {Redundant} and {Repeated}; together they must not be more than "
                + $"features, which is {Features}");
        // A corner of the cube for each cluster.
        if (Informative < 31 && (long)Classes * ClustersPerClass > 1L << Informative)
            throw new ArgumentException(
                $"classes * clustersPerClass is {(long)Classes * ClustersPerClass}; a cube of {Informative} informative features has only "
                + $"{1L << Informative} corners", "informative");
        CheckWeights();
    }

    /// <summary>How many rows each cluster has; cluster k belongs to class k % classes.</summary>
    public int[] RowsOfClusters()
    {
        var counts = new int[Clusters];
        for (int k = 0; k < counts.Length; k++)
            counts[k] = (int)(Samples * WeightOf(k % Classes) / ClustersPerClass + Rounding);
        int missing = Samples - counts.Sum();
        for (int i = 0; i < missing; i++)
            counts[i % counts.Length]++;
        return counts;
    }

    private double WeightOf(int label) => Weights is null
        ? 1.0 / Classes
        : label < Weights.Length ? Weights[label] : Math.Max(0, 1 - Weights.Sum());

    private void CheckWeights()
    {
        if (Weights is null)
            return;
        if (Weights.Length != Classes && Weights.Length != Classes - 1)
            throw new ArgumentException(
                $"weights has {Weights.Length} numbers; there must be one for each of the {Classes} classes, or for all but the last",
                    "weights");
        int wrong = Array.FindIndex(Weights, weight => weight is not (>= 0 and <= 1));
        if (wrong >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"weights[{wrong}] is {Weights[wrong]}; it must be at least 0 and at most 1"), "weights");
        double sum = Weights.Sum();
        if (sum > 1 + 1e-6 || (Weights.Length == Classes && sum < 1 - 1e-6))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"the weights of the classes add up to {sum}; it must be 1"), "weights");
    }
}
