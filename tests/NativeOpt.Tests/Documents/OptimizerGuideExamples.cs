using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Optimizers/README.md, word for word.</summary>
public class OptimizerGuideExamples
{
    private readonly InMemoryDataset _digits = DigitsData.Rows(0, 64);

    [Fact]
    public void Optimizers_ServeArraysAndModels()
    {
        float[] weights = [1, 2], gradients = [1, -1];
        using Sequential model = TestModels.Digits();

        var rule = new AdamW { LearningRate = 1e-3, WeightDecay = 0.01 };
        using var optimizer = new Optimizer(rule);
        optimizer.Step(weights, gradients);                          // one array
        model.Compile("adam(lr=0.002, beta_1=0.8)", "mse");          // or a model, by name

        Assert.NotEqual([1, 2], weights);
        Assert.Equal(0.002, model.Optimizer!.LearningRate);
    }

    [Fact]
    public void WrappersOfRules_AreTaken()
    {
        using Sequential model = TestModels.Digits();

        model.Compile(new Lookahead(new Adam(), syncPeriod: 5, slowStepSize: 0.5), "sparse_categorical_crossentropy");
        model.Compile("lookahead(inner=sgd(momentum=0.9), k=5, alpha=0.8)", "mse");

        model.Compile(new Sam(new Sgd { Momentum = 0.9 }, rho: 0.05), "sparse_categorical_crossentropy");
        model.Compile("sam(inner=adam(lr=0.002), rho=0.5, adaptive=true)", "mse");      // Kwon et al., https://arxiv.org/abs/2102.11600

        Assert.IsType<Sam>(model.Optimizer!.Rule);
    }

    [Fact]
    public void SamByHand_GivesTheBitsOfFit()
    {
        var rule = new Sam(new Sgd { LearningRate = 0.1 }, rho: 0.05);
        using Sequential model = TestModels.Digits(rule), fitted = TestModels.Digits(rule);
        Optimizer optimizer = model.Optimizer!;
        (Features x, Targets y) = (_digits.X, _digits.Y);

        model.ZeroGradients();
        model.Forward(x);
        double loss = model.Backward(y);
        optimizer.Climb(model);
        model.Forward(x);
        model.Backward(y);
        optimizer.Step(model);                                       // the bits of Fit

        fitted.TrainOnBatch(x, y);
        Assert.Equal(TestModels.Parameters(fitted), TestModels.Parameters(model));
    }
}
