using NativeOpt.Initializers;

namespace NativeOpt.Data.Generators;

/// <summary>
/// Classes made of normal clusters at the corners of a cube, after I. Guyon, "Design of experiments for the NIPS 2003 variable
/// selection benchmark" (2003), with the meaning that scikit-learn's make_classification gives to the numbers. The random numbers
/// are this library's own.
/// </summary>
internal static class Classification
{
    private const int Kind = 0;

    public static InMemoryDataset Make(ClassificationPlan plan)
    {
        plan.Check();
        var random = new RandomSequence(plan.Seed, RandomStreams.Generator(Kind));
        var table = new GeneratedTable(plan.Samples, plan.Features);
        var labels = new int[plan.Samples];
        FillClusters(plan, table, labels, random);
        FillRedundant(plan, table, random);
        FillRepeated(plan, table, random);
        FillNoise(plan, table, random);
        FlipLabels(plan, labels, random);
        Spread(plan, table, random);
        if (!plan.Shuffle)
            return new InMemoryDataset(table.ToFeatures(), labels);
        int[] rows = random.Permutation(plan.Samples);
        GeneratedTable shuffled = table.Reordered(rows, random.Permutation(plan.Features));
        return new InMemoryDataset(shuffled.ToFeatures(), Array.ConvertAll(rows, row => labels[row]));
    }

    // Normal points, for each cluster sheared by a random matrix and moved to a corner of the cube.
    private static void FillClusters(ClassificationPlan plan, GeneratedTable table, int[] labels, RandomSequence random)
    {
        double[][] centres = Centres(plan, random);
        int[] counts = plan.RowsOfClusters();
        var shear = new double[plan.Informative * plan.Informative];
        var point = new double[plan.Informative];
        int row = 0;
        for (int k = 0; k < counts.Length; k++)
        {
            random.FillBetween(shear, -1, 1);
            for (int end = row + counts[k]; row < end; row++)
            {
                random.FillNormal(point);
                labels[row] = k % plan.Classes;
                Span<double> destination = table.Row(row)[..plan.Informative];
                Multiply(point, shear, destination);
                for (int j = 0; j < destination.Length; j++)
                    destination[j] += centres[k][j];
            }
        }
    }

    private static double[][] Centres(ClassificationPlan plan, RandomSequence random)
    {
        double[][] centres = Vertices.Draw(plan.Clusters, plan.Informative, random);
        foreach (double[] centre in centres)
            for (int j = 0; j < centre.Length; j++)
                centre[j] = 2 * plan.ClassSep * centre[j] - plan.ClassSep;
        if (plan.Hypercube)
            return centres;
        // A random polytope: each corner nearer to the origin, each direction shorter.
        foreach (double[] centre in centres)
        {
            double nearer = random.NextFraction();
            for (int j = 0; j < centre.Length; j++)
                centre[j] *= nearer;
        }
        for (int j = 0; j < plan.Informative; j++)
        {
            double shorter = random.NextFraction();
            foreach (double[] centre in centres)
                centre[j] *= shorter;
        }
        return centres;
    }

    // Random linear combinations of the informative columns.
    private static void FillRedundant(ClassificationPlan plan, GeneratedTable table, RandomSequence random)
    {
        var mixture = new double[plan.Informative * plan.Redundant];
        random.FillBetween(mixture, -1, 1);
        for (int row = 0; row < table.Rows; row++)
        {
            Span<double> values = table.Row(row);
            Multiply(values[..plan.Informative], mixture, values.Slice(plan.Informative, plan.Redundant));
        }
    }

    // Copies of informative and redundant columns.
    private static void FillRepeated(ClassificationPlan plan, GeneratedTable table, RandomSequence random)
    {
        int useful = plan.Informative + plan.Redundant;
        for (int j = useful; j < useful + plan.Repeated; j++)
        {
            int source = random.NextBelow(useful);
            for (int row = 0; row < table.Rows; row++)
                table.Row(row)[j] = table.Row(row)[source];
        }
    }

    private static void FillNoise(ClassificationPlan plan, GeneratedTable table, RandomSequence random)
    {
        for (int row = 0; row < table.Rows; row++)
            random.FillNormal(table.Row(row)[(plan.Informative + plan.Redundant + plan.Repeated)..]);
    }

    private static void FlipLabels(ClassificationPlan plan, int[] labels, RandomSequence random)
    {
        for (int row = 0; row < labels.Length; row++)
            if (random.NextFraction() < plan.FlipY)
                labels[row] = random.NextBelow(plan.Classes);
    }

    private static void Spread(ClassificationPlan plan, GeneratedTable table, RandomSequence random)
    {
        for (int j = 0; j < table.Columns; j++)
        {
            double shift = plan.Shift ?? random.NextBetween(-plan.ClassSep, plan.ClassSep);
            double scale = plan.Scale ?? random.NextBetween(1, 101);
            for (int row = 0; row < table.Rows; row++)
                table.Row(row)[j] = (table.Row(row)[j] + shift) * scale;
        }
    }

    // y = x A, A is [x.Length, y.Length]. Each sum in one order.
    private static void Multiply(ReadOnlySpan<double> x, ReadOnlySpan<double> a, Span<double> y)
    {
        y.Clear();
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; j < y.Length; j++)
                y[j] += x[i] * a[i * y.Length + j];
    }
}
