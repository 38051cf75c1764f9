namespace NativeOpt.Cli.Tutorial;

/// <summary>An optimizer of the tutorials.</summary>
/// <param name="Name">As the tutorials call it.</param>
/// <param name="Rule">With the settings the tutorials' code gives it, where they give any.</param>
internal sealed record TutorialOptimizer(string Name, OptimizerRule Rule)
{
    /// <summary>The seven that the tutorials explain.</summary>
    public static IReadOnlyList<TutorialOptimizer> All { get; } =
    [
        new("SGD", new Sgd { LearningRate = 0.01 }),
        new("Momentum", new Sgd { LearningRate = 0.01, Momentum = 0.9 }),
        new("Nesterov", new Sgd { LearningRate = 0.01, Momentum = 0.9, Nesterov = true }),
        new("Adagrad", new Adagrad { LearningRate = 0.01 }),
        new("Adadelta", new Adadelta { LearningRate = 1, Rho = 0.95 }),
        new("RMSprop", new RMSprop { LearningRate = 0.001 }),
        new("Adam", new Adam { LearningRate = 0.001 }),
    ];

    /// <summary>The one of a name.</summary>
    public static TutorialOptimizer Of(string name) => All.Single(optimizer => optimizer.Name == name);

    /// <summary>The same rule at another rate.</summary>
    public OptimizerRule At(double learningRate) => Rule.WithLearningRate(learningRate);
}
