using System.Numerics;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>What an optimizer is run on: first weights, and gradients in the precision of the run.</summary>
internal abstract class ReplayProblem<T>(double[] start) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The first weights.</summary>
    public T[] Start { get; } = Array.ConvertAll(start, T.CreateTruncating);

    /// <summary>Sizes of the weights; one number where they are a vector.</summary>
    public int[] Shape { get; private init; } = [start.Length];

    /// <summary>Gradient at <paramref name="w"/> for step <paramref name="step"/>, from 1.</summary>
    public abstract T[] Gradient(ReadOnlySpan<T> w, int step);

    /// <summary>The loss at <paramref name="w"/>.</summary>
    /// <exception cref="ReplayException">The problem has gradients only.</exception>
    public abstract T Loss(ReadOnlySpan<T> w);

    /// <summary>Reads a problem of a file. A field it does not know fails.</summary>
    /// <exception cref="ReplayException">The type or a field is unknown, or something is missing.</exception>
    public static ReplayProblem<T> Read(Fields fields)
    {
        fields.Ignore("description", "record_steps", "note", "source");
        double[] start = fields.Numbers("w0");
        int[] shape = fields.Has("shape") ? fields.Integers("shape") : [start.Length];
        if (shape.Aggregate(1L, (product, size) => product * size) != start.Length)
            throw new ReplayException($"{fields.PathOf("shape")} is [{string.Join(", ", shape)}]; w0 has {start.Length} numbers");
        ReplayProblem<T> problem = fields.Text("type") switch
        {
            "fixed_gradients" => new FixedGradients<T>(start, ReadGradients(fields, start.Length)) { Shape = shape },
            "rosenbrock" when start.Length == 2 => new Rosenbrock<T>(start) { Shape = shape },
            "rosenbrock" => throw new ReplayException($"{fields.PathOf("w0")} has {start.Length} numbers; rosenbrock has 2"),
            "logistic_regression" => ReadLogisticRegression(fields, start, shape),
            string type => throw new ReplayException(
                $"unknown problem type '{type}'. Known: fixed_gradients, rosenbrock, logistic_regression"),
        };
        return fields.Unread.FirstOrDefault() is { } unknown ? throw new ReplayException($"unknown field '{unknown}'") : problem;
    }

    private static LogisticRegression<T> ReadLogisticRegression(Fields fields, double[] start, int[] shape)
    {
        Grid samples = fields.Grid("X");
        double[] labels = fields.Numbers("y");
        if (samples.Columns + 1 != start.Length || samples.Rows != labels.Length)
            throw new ReplayException(
                $"{fields.Path}: X is [{samples.Rows}, {samples.Columns}]; that needs {samples.Rows} numbers in y and "
                + $"{samples.Columns + 1} in w0, the last one a bias");
        return new LogisticRegression<T>(start, samples, labels) { Shape = shape };
    }

    private static double[][] ReadGradients(Fields fields, int length)
    {
        double[][] gradients = [.. fields.Items("gradients")
            .Select((item, index) => Fields.NumbersOf(item, $"{fields.PathOf("gradients")}[{index}]"))];
        int other = Array.FindIndex(gradients, gradient => gradient.Length != length);
        if (gradients.Length == 0)
            throw new ReplayException($"{fields.PathOf("gradients")} is empty");
        return other < 0 ? gradients : throw new ReplayException(
            $"{fields.PathOf("gradients")}[{other}] has {gradients[other].Length} numbers; w0 has {length}");
    }
}
