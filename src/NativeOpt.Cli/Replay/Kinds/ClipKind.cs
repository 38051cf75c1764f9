using System.Numerics;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>
/// Clipping of the gradients of several arrays: by an optimizer, as in training. A step of gradient descent from 0 with rate 1 leaves the
/// clipped gradients, negated.
/// </summary>
internal sealed class ClipKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "clip";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        if (run.Target.IsDouble)
            Replay<double>(run);
        else
            Replay<float>(run);
    }

    private static void Replay<T>(ReplayRun run) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[][] gradients = [.. ReadArrays(run.Inputs).Select(array => Array.ConvertAll(array, T.CreateTruncating))];
        T[][] weights = Array.ConvertAll(gradients, array => new T[array.Length]);
        using var optimizer = new Optimizer(ReadRule(run.Hyper), run.Target.Open(), run.Target.Dtype);
        for (int i = 0; i < gradients.Length; i++)
            optimizer.Register(NameOf(i), gradients[i].Length);
        if (typeof(T) == typeof(float))
            optimizer.Step([.. gradients.Select((g, i) =>
                new ParameterUpdate(NameOf(i), (float[])(object)weights[i], (float[])(object)g))]);
        else
            optimizer.StepDouble([.. gradients.Select((g, i) =>
                (NameOf(i), ((double[])(object)weights[i]).AsMemory(), ((double[])(object)g).AsMemory()))]);

        run.Checks.Add([.. ReadArrays(run.Expected).SelectMany(array => array)],
            [.. weights.SelectMany(array => array).Select(w => -double.CreateTruncating(w))], run.Tolerance, "gradients");
        if (run.Expected.Has("total_norm"))
            run.Check("total_norm", optimizer.LastGradientNorm);
    }

    /// <summary>PyTorch says max_norm and clip_value, Keras clipnorm, global_clipnorm and clipvalue.</summary>
    private static OptimizerRule ReadRule(Fields hyper)
    {
        OptimizerRule rule = new Sgd
        {
            LearningRate = 1,
            Convention = hyper.Has("max_norm") ? Convention.PyTorch : Convention.Keras,
            NonFinite = hyper.Flag("error_if_nonfinite", false) ? NonFiniteGradients.Error : NonFiniteGradients.Propagate,
        };
        foreach (string name in hyper.Names.Where(name => name is not "error_if_nonfinite" and not "foreach"))
            if (hyper.Find(name) is { } value)
                rule = rule.FindSetting(name).Write(rule, value.ToString());
        hyper.Ignore("foreach");
        return rule;
    }

    private static List<double[]> ReadArrays(Fields fields) =>
        [.. fields.Items("gradients").Select((array, i) => Fields.NumbersOf(array, $"{fields.PathOf("gradients")}[{i}]"))];

    private static string NameOf(int index) => $"gradient{index}";
}
