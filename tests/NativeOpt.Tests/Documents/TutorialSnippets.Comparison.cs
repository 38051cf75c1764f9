using Xunit;

namespace NativeOpt.Tests.Documents;

// A comparison of optimizers that a tutorial describes step by step, without its code.
public partial class TutorialSnippets
{
    // "We generate a 2-class classification problem using sklearn's make_classification function. We split the dataset into a training set
    // and a test set. We standardize the data using sklearn's StandardScaler. We define a function create_model that returns a simple
    // feedforward neural network model. We then create different models using different optimizers: SGD, Adam, RMSprop, Adagrad,
    // Adadelta, Adamax, and Nadam. We train each model on the training data and evaluate it on the test data."
    [Fact]
    public void ComparedOptimizers()
    {
        const int features = 20;
        var (x, y) = Datasets.MakeClassification(samples: 1000, features: features, classes: 2, seed: 42);
        var (xTrain, xTest, yTrain, yTest) = TrainTestSplit.Of(x, y, testSize: 0.2, seed: 42);
        var scaler = new StandardScaler();
        xTrain = scaler.FitTransform(xTrain);
        xTest = scaler.Transform(xTest);

        static Sequential CreateModel() => new(seed: 1) { new Dense(32, "relu", inputShape: features), new Dense(1, "sigmoid") };

        var results = new Dictionary<string, (History History, EvaluationResult Test)>();
        foreach (string optimizer in new[] { "sgd", "adam", "rmsprop", "adagrad", "adadelta", "adamax", "nadam" })
        {
            using Sequential model = CreateModel();
            model.Compile(optimizer: optimizer, loss: "binary_crossentropy", metrics: ["accuracy"]);
            History history = model.Fit(xTrain, yTrain, epochs: 40, batchSize: 32, validationSplit: 0.2);
            results[optimizer] = (history, model.Evaluate(xTest, yTest));
        }

        Assert.All(results.Values, result => Assert.True(result.History["loss"][^1] < result.History["loss"][0]));
        Assert.All(results.Values, result => Assert.Equal(40, result.History["val_accuracy"].Count));
        Assert.InRange(results.Values.Max(result => result.Test.Accuracy!.Value), 0.6, 1);
    }
}
