using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Documents;

// Optimizers that a model is compiled with.
public partial class TutorialSnippets
{
    // optimizer = SGD(learning_rate=0.01, momentum=0.9)
    // model.compile(optimizer=optimizer, loss='mse')
    [Fact]
    public void SgdWithMomentum()
    {
        var optimizer = new Sgd { LearningRate = 0.01, Momentum = 0.9 };
        Runs(Outputs.Number, model => model.Compile(optimizer: optimizer, loss: "mse"));
    }

    // optimizer = Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999)
    // model.compile(optimizer=optimizer, loss='binary_crossentropy', metrics=['accuracy'])
    [Fact]
    public void AdamForTwoClasses()
    {
        var optimizer = new Adam { LearningRate = 0.001, Beta1 = 0.9, Beta2 = 0.999 };
        Runs(Outputs.TwoClasses, model => model.Compile(optimizer: optimizer, loss: "binary_crossentropy", metrics: ["accuracy"]));
    }

    // optimizer = RMSprop(learning_rate=0.001)
    // model.compile(optimizer=optimizer, loss='categorical_crossentropy', metrics=['accuracy'])
    [Fact]
    public void RmsPropForClasses()
    {
        var optimizer = new RMSprop { LearningRate = 0.001 };
        Runs(Outputs.OneHot, model => model.Compile(optimizer: optimizer, loss: "categorical_crossentropy", metrics: ["accuracy"]));
    }

    // optimizer = Adagrad(learning_rate=0.01)
    // model.compile(optimizer=optimizer, loss='mse')
    [Fact]
    public void AdaptiveGradients()
    {
        var optimizer = new Adagrad { LearningRate = 0.01 };
        Runs(Outputs.Number, model => model.Compile(optimizer: optimizer, loss: "mse"));
    }

    // optimizer = Adadelta(learning_rate=1.0, rho=0.95)
    // model.compile(optimizer=optimizer, loss='mse')
    [Fact]
    public void AdaDelta()
    {
        var optimizer = new Adadelta { LearningRate = 1.0, Rho = 0.95 };
        Runs(Outputs.Number, model => model.Compile(optimizer: optimizer, loss: "mse"));
    }

    // optimizer = SGD(learning_rate=0.01, momentum=0.9, nesterov=True)
    // model.compile(optimizer=optimizer, loss='categorical_crossentropy', metrics=['accuracy'])
    [Fact]
    public void NesterovMomentum()
    {
        var optimizer = new Sgd { LearningRate = 0.01, Momentum = 0.9, Nesterov = true };
        Runs(Outputs.OneHot, model => model.Compile(optimizer: optimizer, loss: "categorical_crossentropy", metrics: ["accuracy"]));
    }

    // learning_rate_schedule = ExponentialDecay(initial_learning_rate=0.01, decay_steps=10000, decay_rate=0.96)
    // optimizer = SGD(learning_rate=learning_rate_schedule)
    // model.compile(optimizer=optimizer, loss='mse')
    [Fact]
    public void ExponentialDecayOfTheRate()
    {
        var learningRateSchedule = new ExponentialDecay(initialLearningRate: 0.01, decaySteps: 10000, decayRate: 0.96);
        var optimizer = new Sgd { LearningRate = learningRateSchedule };
        Runs(Outputs.Number, model => model.Compile(optimizer: optimizer, loss: "mse"));
        Assert.Equal(0.01 * 0.96, learningRateSchedule.ValueAt(10000), 1e-15);
    }

    // optimizer = Adam(clipvalue=1.0)  # Clip gradients to prevent huge steps
    // It limits each element of the gradient; GlobalClipNorm limits the length of the whole, which keeps its direction.
    [Fact]
    public void ClippedGradients()
    {
        var optimizer = new Adam { ClipValue = 1.0 };
        Runs(Outputs.Number, model => model.Compile(optimizer: optimizer, loss: "mse"));
    }

    // from tensorflow.keras.callbacks import CosineDecayRestarts
    // learning_rate_schedule = CosineDecayRestarts(initial_learning_rate=0.01, first_decay_steps=10)
    // optimizer = Adam(learning_rate=learning_rate_schedule)
    // It is no callback but a schedule, keras.optimizers.schedules.CosineDecayRestarts; and "cyclic" is something else (CyclicLR).
    [Fact]
    public void WarmRestarts()
    {
        var learningRateSchedule = new CosineDecayRestarts(initialLearningRate: 0.01, firstDecaySteps: 10);
        var optimizer = new Adam { LearningRate = learningRateSchedule };
        Runs(Outputs.Number, model => model.Compile(optimizer: optimizer, loss: "mse"));
        Assert.Equal(0.01, learningRateSchedule.ValueAt(10));
    }

    // model.compile(optimizer=Adam(learning_rate=0.001),
    //               loss='categorical_crossentropy',
    //               metrics=['accuracy'])
    [Fact]
    public void AdamForClasses() => Runs(Outputs.OneHot, model =>
        model.Compile(optimizer: new Adam { LearningRate = 0.001 },
                      loss: "categorical_crossentropy",
                      metrics: ["accuracy"]));

    private enum Outputs
    {
        Number,
        TwoClasses,
        OneHot,
    }

    // Compiles a model of these outputs as the snippet says and trains it a little.
    private static void Runs(Outputs outputs, Action<Model> compile)
    {
        const int rows = 48;
        (int columns, Activation activation) = outputs switch
        {
            Outputs.Number => (1, Activation.Linear),
            Outputs.TwoClasses => (1, Activation.Sigmoid),
            _ => (3, Activation.Softmax),
        };
        float[,] x = TestModels.Waves(rows, 8);
        var y = new float[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            if (outputs == Outputs.Number)
                y[row, 0] = x[row, 0] - x[row, 3];
            else if (x[row, 0] > 0)
                y[row, 0] = 1;
            else if (outputs == Outputs.OneHot)
                y[row, x[row, 1] > 0 ? 1 : 2] = 1;
        }
        using var model = new Sequential(seed: 2) { new Dense(16, "relu", inputShape: 8), new Dense(columns, activation) };

        compile(model);
        History history = model.Fit(x, y, epochs: 10, batchSize: 8);

        Assert.True(history["loss"][^1] < history["loss"][0], history.ToString());
        Assert.Equal(outputs != Outputs.Number, history.Keys.Contains("accuracy"));
    }
}
