using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Regularization;

/// <summary>Every layer with parameters takes regularizers and constraints for them, as in Keras.</summary>
public class RegularizedLayerTests
{
    private const double Rate = 0.25, Factor = 0.5;

    // Ids for the embedding, numbers for the others.
    private static readonly float[,] X = { { 0, 2 }, { 1, 2 }, { 0, 0 } };
    private static readonly float[,] Y = { { 1, 0 }, { 0, 1 }, { 1, 1 } };

    private static readonly Dictionary<string, Func<Regularizer?, Constraint?, Layer>> Layers = new()
    {
        ["dense/kernel"] = (r, c) => new Dense(3, kernelRegularizer: r, kernelConstraint: c),
        ["dense/bias"] = (r, c) => new Dense(3, biasInitializer: "ones", biasRegularizer: r, biasConstraint: c),
        ["batch_normalization/gamma"] = (r, c) => new BatchNormalization(gammaRegularizer: r, gammaConstraint: c),
        ["batch_normalization/beta"] = (r, c) => new BatchNormalization(betaInitializer: "ones", betaRegularizer: r, betaConstraint: c),
        ["layer_normalization/gamma"] = (r, c) => new LayerNormalization(gammaRegularizer: r, gammaConstraint: c),
        ["layer_normalization/beta"] = (r, c) => new LayerNormalization(betaInitializer: "ones", betaRegularizer: r, betaConstraint: c),
        ["p_re_lu/alpha"] = (r, c) => new PReLU("ones", alphaRegularizer: r, alphaConstraint: c),
        ["embedding/embeddings"] = (r, c) => new Embedding(4, 2, embeddingsRegularizer: r, embeddingsConstraint: c),
        ["scale/scale"] = (r, c) => new Scale(r, c),
    };

    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in TestBackends.Names)
                foreach (string parameter in Layers.Keys)
                    data.Add(backend, parameter);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Regularizer_IsInTheLoss_AndPullsTheParameter(string backend, string parameter)
    {
        using Sequential plain = Build(backend, Layers[parameter](null, null));
        using Sequential penalized = Build(backend, Layers[parameter](new L2(Factor), null));
        double[] before = TestModels.Parameter(plain, parameter);
        Assert.Equal(before, TestModels.Parameter(penalized, parameter));

        Assert.Equal(plain.TrainOnBatch(X, Y) + Factor * before.Sum(w => w * w), penalized.TrainOnBatch(X, Y), 1e-6);

        double[] free = TestModels.Parameter(plain, parameter), pulled = TestModels.Parameter(penalized, parameter);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(free[i] - Rate * 2 * Factor * before[i], pulled[i], 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void Constraint_IsKeptByTheParameter(string backend, string parameter)
    {
        using Sequential plain = Build(backend, Layers[parameter](null, null));
        using Sequential constrained = Build(backend, Layers[parameter](null, new UnitNorm(axis: null)));
        plain.TrainOnBatch(X, Y);
        constrained.TrainOnBatch(X, Y);
        double[] free = TestModels.Parameter(plain, parameter), kept = TestModels.Parameter(constrained, parameter);
        double norm = Math.Sqrt(free.Sum(w => w * w));
        for (int i = 0; i < free.Length; i++)
            Assert.Equal(free[i] / norm, kept[i], 1e-5);
    }

    private static Sequential Build(string backend, Layer layer)
    {
        var model = new Sequential(seed: 5) { layer, new Dense(2) };
        model.Compile(new Sgd { LearningRate = Rate }, "mse", [], TestBackends.Open(backend));
        model.Build(2);
        return model;
    }

    /// <summary>A layer of the program's own.</summary>
    private sealed class Scale(Regularizer? regularizer, Constraint? constraint) : CustomLayer("scale")
    {
        protected override IReadOnlyList<LayerParameter> GetParameters(int inputColumns) =>
            [new LayerParameter("scale", [inputColumns], "ones", Regularizer: regularizer, Constraint: constraint)];

        protected override void Forward<T>(in LayerForward<T> pass)
        {
            for (int i = 0; i < pass.X.Length; i++)
                pass.Y[i] = pass.X[i] * pass.Parameter(0)[i % 2];
        }

        protected override void Backward<T>(in LayerBackward<T> pass)
        {
            for (int i = 0; i < pass.X.Length; i++)
            {
                pass.Gradient(0)[i % 2] += pass.Dy[i] * pass.X[i];
                if (pass.NeedsDx)
                    pass.Dx[i] = pass.Dy[i] * pass.Parameter(0)[i % 2];
            }
        }
    }
}
