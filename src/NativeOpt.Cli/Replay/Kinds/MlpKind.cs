using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Dense layers in a row with softmax cross-entropy behind them: outputs, loss, and the gradients of all parameters.</summary>
internal sealed class MlpKind : IReplayKind
{
    private const string KnownLoss = "mean sparse categorical cross-entropy of softmax(last layer)";

    /// <inheritdoc/>
    public string Name => "mlp";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        if (run.Fields.Text("loss", KnownLoss) is var text && text != KnownLoss)
            throw new ReplayException($"unknown loss '{text}'. Known: {KnownLoss}");
        run.Fields.Ignore("convention");
        NoptDtype dtype = run.Target.Dtype;
        using IBackend backend = run.Target.Open();
        DenseLayer[] layers = ReadLayers(run, backend);
        using var x = new Matrix(dtype, run.Inputs.Grid("X"));
        Matrix[] outputs = [.. layers.Select(layer => new Matrix(dtype, x.Rows, layer.Units))];
        for (int i = 0; i < layers.Length; i++)
            layers[i].Forward(i == 0 ? x : outputs[i - 1], outputs[i]);
        run.Check("logits", outputs[^1].ToArray());

        using var labels = new Matrix(NoptDtype.I32, run.Inputs.Grid("labels").AsColumn());
        var dy = new Matrix(dtype, x.Rows, layers[^1].Units);
        var loss = new NoptLossArgs { Loss = (int)NoptLoss.SparseCategoricalCrossEntropy, Flags = (uint)NoptLossFlags.FromLogits };
        double sum = LossOperation.Run(backend, loss, outputs[^1], labels, 1.0 / x.Rows, dy);
        run.Check("loss", sum / x.Rows);
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            var dx = new Matrix(dtype, x.Rows, layers[i].Inputs);
            layers[i].Backward(i == 0 ? x : outputs[i - 1], outputs[i], dy, dx);
            dy.Dispose();
            dy = dx;
        }
        dy.Dispose();
        run.Check("dW", [.. layers.SelectMany(layer => layer.Dw.ToArray())]);
        run.Check("db", [.. layers.SelectMany(layer => layer.Db!.ToArray())]);

        ActivationOperation.Forward(backend, Activation.Softmax, outputs[^1], outputs[^1]);
        run.Check("probabilities", outputs[^1].ToArray());
        foreach (IDisposable each in layers.Concat<IDisposable>(outputs))
            each.Dispose();
    }

    private static DenseLayer[] ReadLayers(ReplayRun run, IBackend backend)
    {
        int[] sizes = run.Fields.Integers("layers");
        Activation hidden = ActivationReader.Read(run);
        Grid[] w = ReadGrids(run.Inputs, "W"), b = ReadGrids(run.Inputs, "b");
        if (w.Length != sizes.Length - 1 || b.Length != w.Length)
            throw new ReplayException($"layers has {sizes.Length} sizes; inputs has {w.Length} matrices in W and {b.Length} lists in b");
        for (int i = 0; i < w.Length; i++)
            if (w[i].Rows != sizes[i] || w[i].Columns != sizes[i + 1])
                throw new ReplayException($"inputs.W[{i}] is [{w[i].Rows}, {w[i].Columns}]; layers says [{sizes[i]}, {sizes[i + 1]}]");
        return [.. w.Select((kernel, i) => new DenseLayer(
            backend, run.Target.Dtype, i == w.Length - 1 ? Activation.Linear : hidden, kernel, b[i]))];
    }

    private static Grid[] ReadGrids(Fields inputs, string name) =>
        [.. inputs.Items(name).Select((item, index) => Grid.Read(item, $"{inputs.PathOf(name)}[{index}]"))];
}
