using NativeOpt.Data.Generators;

namespace NativeOpt;

// Made-up data. The same arguments give the same numbers on every machine.
public static partial class Datasets
{
    /// <summary>
    /// A classification problem of a chosen difficulty: clusters at the corners of a cube in the informative features, then features
    /// that are combinations or copies of these, then features of pure noise (I. Guyon 2003). Arguments mean what they mean in
    /// scikit-learn's make_classification; the random numbers are others.
    /// </summary>
    /// <param name="samples">Rows, at least 1.</param>
    /// <param name="features">Columns, at least informative + redundant + repeated; the rest is noise.</param>
    /// <param name="informative">Columns that tell the classes apart: 2^informative must be at least classes * clustersPerClass.</param>
    /// <param name="redundant">Columns that are random linear combinations of the informative ones.</param>
    /// <param name="repeated">Columns that are copies of informative and redundant ones.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="clustersPerClass">Clusters of each class.</param>
    /// <param name="weights">Shares of the classes, of all or of all but the last; null: equal.</param>
    /// <param name="flipY">Share of the rows that get a random class, in [0, 1].</param>
    /// <param name="classSep">Half the edge of the cube: larger is easier.</param>
    /// <param name="hypercube">Whether clusters stand at the corners of a cube; false: of a random polytope.</param>
    /// <param name="shift">Added to every number; null: to each column a random one in [-classSep, classSep).</param>
    /// <param name="scale">Factor of every number after the shift; null: for each column a random one in [1, 101).</param>
    /// <param name="shuffle">Whether rows and columns are put into random order.</param>
    /// <param name="seed">Decides all numbers.</param>
    /// <returns>Inputs and class numbers: var (x, y) = Datasets.MakeClassification(1000, seed: 7).</returns>
    /// <exception cref="ArgumentException">A number is out of range, or two contradict each other.</exception>
    public static InMemoryDataset MakeClassification(
        int samples = 100, int features = 20, int informative = 2, int redundant = 2, int repeated = 0, int classes = 2,
        int clustersPerClass = 2, double[]? weights = null, double flipY = 0.01, double classSep = 1, bool hypercube = true,
        double? shift = 0, double? scale = 1, bool shuffle = true, long seed = 0) => Classification.Make(new ClassificationPlan
        {
            Samples = samples,
            Features = features,
            Informative = informative,
            Redundant = redundant,
            Repeated = repeated,
            Classes = classes,
            ClustersPerClass = clustersPerClass,
            Weights = weights,
            FlipY = flipY,
            ClassSep = classSep,
            Hypercube = hypercube,
            Shift = shift,
            Scale = scale,
            Shuffle = shuffle,
            Seed = seed,
        });

    /// <summary>Two half circles that reach into each other: two features, two classes, no line between them.</summary>
    /// <param name="samples">Rows, at least 2; the second moon has one more where the number is odd.</param>
    /// <param name="noise">Standard deviation of what is added to each coordinate.</param>
    /// <param name="shuffle">Whether rows are put into random order.</param>
    /// <param name="seed">Decides all numbers.</param>
    /// <returns>Inputs and class numbers: 0 is the upper moon, 1 the lower.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static InMemoryDataset MakeMoons(int samples = 100, double noise = 0, bool shuffle = true, long seed = 0) =>
        Moons.Make(samples, noise, shuffle, seed);

    /// <summary>Round normal clouds, one a class, around random centres.</summary>
    /// <param name="samples">Rows, divided evenly; the first classes have one more where they cannot be.</param>
    /// <param name="features">Columns.</param>
    /// <param name="centers">Number of clouds and classes.</param>
    /// <param name="clusterStd">Standard deviation of a cloud.</param>
    /// <param name="centerBox">Each coordinate of a centre is drawn from here; null: (-10, 10).</param>
    /// <param name="shuffle">Whether rows are put into random order.</param>
    /// <param name="seed">Decides all numbers.</param>
    /// <returns>Inputs and class numbers.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static InMemoryDataset MakeBlobs(
        int samples = 100, int features = 2, int centers = 3, double clusterStd = 1, (double Low, double High)? centerBox = null,
        bool shuffle = true, long seed = 0) =>
        Blobs.Make(samples, features, centers, clusterStd, centerBox ?? (-10, 10), shuffle, seed);

    /// <summary>Round normal clouds, one a class, around given centres.</summary>
    /// <param name="samples">Rows, divided evenly; the first classes have one more where they cannot be.</param>
    /// <param name="centers">[classes, features].</param>
    /// <param name="clusterStd">Standard deviation of a cloud.</param>
    /// <param name="shuffle">Whether rows are put into random order.</param>
    /// <param name="seed">Decides all numbers.</param>
    /// <returns>Inputs and class numbers: the rows of centers.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static InMemoryDataset MakeBlobs(
        int samples, float[,] centers, double clusterStd = 1, bool shuffle = true, long seed = 0) =>
        Blobs.Make(samples, centers, clusterStd, shuffle, seed);

    /// <summary>
    /// A regression problem: normal inputs, of which some determine the target linearly with coefficients in [0, 100), and noise.
    /// </summary>
    /// <param name="samples">Rows.</param>
    /// <param name="features">Columns.</param>
    /// <param name="informative">Columns with a coefficient other than 0; at most all of them.</param>
    /// <param name="targets">Numbers in a target row.</param>
    /// <param name="bias">Added to every target.</param>
    /// <param name="noise">Standard deviation of what is added to each target.</param>
    /// <param name="shuffle">Whether the informative columns are random ones; false: they are the first.</param>
    /// <param name="seed">Decides all numbers.</param>
    /// <returns>Inputs and targets.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static InMemoryDataset MakeRegression(
        int samples = 100, int features = 100, int informative = 10, int targets = 1, double bias = 0, double noise = 0,
        bool shuffle = true, long seed = 0) =>
        LinearProblem.Make(samples, features, informative, targets, bias, noise, shuffle, seed).Data;

    /// <summary>The same, and the function behind it.</summary>
    /// <param name="coefficients">[features, targets].</param>
    /// <param name="samples">Rows.</param>
    /// <param name="features">Columns.</param>
    /// <param name="informative">Columns with a coefficient other than 0; at most all of them.</param>
    /// <param name="targets">Numbers in a target row.</param>
    /// <param name="bias">Added to every target.</param>
    /// <param name="noise">Standard deviation of what is added to each target.</param>
    /// <param name="shuffle">Whether the informative columns are random ones; false: they are the first.</param>
    /// <param name="seed">Decides all numbers.</param>
    /// <returns>Inputs and targets.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static InMemoryDataset MakeRegression(
        out float[,] coefficients, int samples = 100, int features = 100, int informative = 10, int targets = 1, double bias = 0,
        double noise = 0, bool shuffle = true, long seed = 0)
    {
        (InMemoryDataset data, coefficients) = LinearProblem.Make(samples, features, informative, targets, bias, noise, shuffle, seed);
        return data;
    }
}
