using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>
/// Code that tutorials on optimization in deep learning show in Python, line for line in C#, run on small data. Where the original
/// is wrong, the port is right and says so.
/// </summary>
public partial class TutorialSnippets
{
    private static readonly InMemoryDataset Train = DigitsData.Rows(0, 256), Validation = DigitsData.Rows(256, 320);

    // model = Sequential([
    //     Dense(128, activation='relu', input_shape=(784,)),
    //     Dense(10, activation='softmax')
    // ])
    // model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
    // model.fit(X_train, y_train, epochs=10, batch_size=32)
    [Fact]
    public void FirstModel()
    {
        (float[,] xTrain, int[] yTrain) = (TestModels.Waves(64, 784), [.. Enumerable.Range(0, 64).Select(row => row % 10)]);

        using var model = new Sequential
        {
            new Dense(128, activation: "relu", inputShape: 784),
            new Dense(10, activation: "softmax"),
        };
        model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        History history = model.Fit(xTrain, yTrain, epochs: 10, batchSize: 32);

        Assert.Equal(10, history["accuracy"].Count);
        Assert.Equal(784 * 128 + 128 + 128 * 10 + 10, model.ParameterCount);
        Assert.True(history["loss"][^1] < history["loss"][0]);
    }

    // def step_decay_schedule(epoch):
    //     initial_lr = 0.1
    //     drop = 0.5
    //     epochs_drop = 10
    //     return initial_lr * (drop ** (epoch // epochs_drop))
    // lr_scheduler = LearningRateScheduler(step_decay_schedule)
    // model.fit(x_train, y_train, epochs=50, callbacks=[lr_scheduler])
    [Fact]
    public void StepDecayOfTheRate()
    {
        using Sequential model = Digits();

        double StepDecaySchedule(int epoch)
        {
            double initialLr = 0.1;
            double drop = 0.5;
            int epochsDrop = 10;
            return initialLr * Math.Pow(drop, epoch / epochsDrop);
        }
        var lrScheduler = new LearningRateScheduler(StepDecaySchedule);
        History history = model.Fit(Train.X, Train.Y, epochs: 50, callbacks: [lrScheduler]);

        Assert.Equal([0.1, 0.1, 0.05, 0.0125 / 2], new[] { 0, 9, 10, 49 }.Select(epoch => history["learning_rate"][epoch]));
    }

    // lr_callback = ReduceLROnPlateau(monitor='val_loss', factor=0.2, patience=5, min_lr=0.0001)
    // model.fit(x_train, y_train, epochs=30, validation_data=(x_val, y_val), callbacks=[lr_callback])
    [Fact]
    public void RateOnPlateaus()
    {
        using Sequential model = Digits();

        var lrCallback = new ReduceLROnPlateau { Monitor = "val_loss", Factor = 0.2, Patience = 5, MinLearningRate = 0.0001 };
        History history = model.Fit(
            Train.X, Train.Y, epochs: 30, validationData: (Validation.X, Validation.Y), callbacks: [lrCallback]);

        Assert.Equal(30, history["learning_rate"].Count);
        Assert.All(history["learning_rate"], rate => Assert.InRange(rate, 0.0001, 0.01));
    }

    // model.add(Dense(128, activation='relu', kernel_regularizer=l2(0.001)))
    // model.add(Dropout(0.5))  # 50% dropout rate
    // model.add(BatchNormalization())
    [Fact]
    public void RegularizedLayers()
    {
        using var model = new Sequential();
        model.Add(new Dense(128, activation: "relu", kernelRegularizer: new L2(0.001)));
        model.Add(new Dropout(0.5)); // 50% dropout rate
        model.Add(new BatchNormalization());
        model.Add(new Dense(10, "softmax"));
        model.Compile("adam", "sparse_categorical_crossentropy");
        Assert.Single(model.Fit(Train).Epochs);
    }

    // early_stopping = EarlyStopping(monitor='val_loss', patience=10)
    // model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=50, callbacks=[early_stopping])
    [Fact]
    public void StoppedEarly()
    {
        using Sequential model = Digits();

        var earlyStopping = new EarlyStopping { Monitor = "val_loss", Patience = 10 };
        History history = model.Fit(
            Train.X, Train.Y, validationData: (Validation.X, Validation.Y), epochs: 50, callbacks: [earlyStopping]);

        Assert.Equal(earlyStopping.StoppedEpoch is { } epoch ? epoch + 1 : 50, history.Epochs.Count);
    }

    // optimizer.zero_grad()
    // loss.backward()
    // if (iteration + 1) % accumulation_steps == 0:
    //     optimizer.step()
    // Zeroing in every iteration throws away what was to be accumulated: it belongs behind the step. And for the mean over the large
    // batch the loss of a small one counts a part.
    [Fact]
    public void AccumulatedGradients()
    {
        const int accumulationSteps = 4, batchSize = 8;
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0.1 });
        using Sequential large = TestModels.Digits(new Sgd { LearningRate = 0.1 });
        float[] part = [.. Enumerable.Repeat(1f / accumulationSteps, batchSize)];

        model.ZeroGradients();
        for (int iteration = 0; iteration < 16; iteration++)
        {
            InMemoryDataset batch = DigitsData.Rows(batchSize * iteration, batchSize * (iteration + 1));
            model.Forward(batch.X);
            model.Backward(batch.Y, part);
            if ((iteration + 1) % accumulationSteps == 0)
            {
                model.Optimizer!.Step(model);
                model.ZeroGradients();
            }
        }

        large.Fit(DigitsData.Rows(0, 16 * batchSize), batchSize: accumulationSteps * batchSize, shuffle: false);
        Assert.Equal(4, model.Optimizer!.StepCount);
        double[] expected = TestModels.Parameters(large), actual = TestModels.Parameters(model);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    // The same as a setting.
    [Fact]
    public void AccumulatedGradients_AsASetting()
    {
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0.1, GradientAccumulationSteps = 4 });
        model.Fit(DigitsData.Rows(0, 128), batchSize: 8);
        Assert.Equal(4, model.Optimizer!.StepCount);
    }

    // train_model(tf.keras.optimizers.Adam, lr=0.001, batch_size=64, initializer='he_normal')
    // ... early stopping, plateaus, validation curves and a test accuracy
    [Fact]
    public void OneExperiment()
    {
        static (History History, double TestAccuracy) TrainModel(
            Func<double, OptimizerRule> optimizer, double lr, int batchSize, Initializer initializer)
        {
            using var model = new Sequential(seed: 1)
            {
                new Dense(32, "relu", kernelInitializer: initializer),
                new Dense(10, "softmax"),
            };
            model.Compile(optimizer(lr), "sparse_categorical_crossentropy", ["accuracy"]);
            History history = model.Fit(Train, epochs: 5, batchSize: batchSize, validationSplit: 0.1,
                callbacks: [new EarlyStopping { Patience = 3 }, new ReduceLROnPlateau { Patience = 2 }]);
            return (history, model.Evaluate(Validation).Accuracy!.Value);
        }

        var result = TrainModel(lr => new Adam { LearningRate = lr }, lr: 0.001, batchSize: 64, initializer: "he_normal");

        Assert.Equal(result.History.Epochs.Count, result.History["val_accuracy"].Count);
        Assert.InRange(result.TestAccuracy, 0.1, 1);
    }

    private static Sequential Digits()
    {
        var model = new Sequential(seed: 3) { new Dense(16, "relu"), new Dense(10, "softmax") };
        model.Compile("sgd", "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }
}
