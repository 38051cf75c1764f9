namespace NativeOpt.Cli.Commands;

/// <summary>What stands below the help: examples, and what the exit codes mean.</summary>
internal static class HelpExamples
{
    /// <summary>A command and what it is for, in turns.</summary>
    private const string Commands = """
          nativeopt train --csv iris.csv --target species --hidden 64,32 --early-stopping 5 --output out/iris
              one model of a table; out/iris has the model, a report and a recipe to run it again
          nativeopt train --resume --output out/iris
              goes on where a training was interrupted, to the last bit
          nativeopt evaluate out/iris --csv more.csv
              loss and accuracy of a saved model
          nativeopt predict out/iris new.csv -o predictions.csv
              the rows of a table with their classes and probabilities
          nativeopt lr-find --dataset digits --optimizer sgd --output out/lr-find
              which learning rate to begin with
          nativeopt compare
              five optimizers on Fashion-MNIST, 10 epochs; the report goes to out/compare/report.html
          nativeopt compare --dataset digits --epochs 20 --hidden 64,32
              another network on the digits that are part of the program
          nativeopt compare --optimizers "adam(lr=0.002,beta_1=0.8),sgd(momentum=0.9,nesterov=true)"
              optimizers with settings of their own
          nativeopt compare --optimizers adam,sgd --learning-rates 0.1,0.01,0.001 --batch-sizes 32,128 --seeds 3
              every combination of these, three times each
          nativeopt compare --backend managed --epochs 3 --output /tmp/managed
              the same in pure C#
          nativeopt replay recipe.json --backend both --isa all
              whether this library gives the numbers that PyTorch, Keras or optax gave
          nativeopt data get cifar-10
              downloads CIFAR-10, checks it, and puts it where the library looks for it
          nativeopt data get fashion-mnist --from /media/stick
              the same from files that were brought here by other means
          nativeopt schedule "cosine_decay_restarts(initial_learning_rate=0.1, first_decay_steps=50)" --output out/schedule
              what a schedule does, as a table, a picture and CSV
          nativeopt tutorial batch-sizes
              an experiment of the optimization tutorials, with a report; `nativeopt tutorial list` shows them all
          nativeopt bench --threads 1
              how fast optimizers, layers and a training are here, native and managed, on one thread
          nativeopt info --json
              what runs here, for a program to read
          nativeopt compare --help
              all options of compare, and the settings of each optimizer
        """;

    private const string ExitCodes = """
        Exit codes:
          0    done
          1    a replayed case that does not agree, or an unexpected failure (NATIVEOPT_VERBOSE=1 shows where)
          2    an option, a path or a data file that cannot be used; nothing was written
          130  interrupted with Ctrl+C; train and compare keep what was finished, and say so
          143  ended by SIGTERM, likewise

        """;

    /// <summary>The examples of a command, and the exit codes.</summary>
    /// <param name="command">"train", "data get"; empty, or a command without examples: all of them.</param>
    public static string Of(string command)
    {
        string[][] all = [.. Commands.Split('\n').Chunk(2)];
        string[][] own = [.. all.Where(example => $"{example[0].Trim()} ".StartsWith($"nativeopt {command} ", StringComparison.Ordinal))];
        IEnumerable<string> lines = (command.Length > 0 && own.Length > 0 ? own : all).SelectMany(example => example);
        return $"Examples:\n{string.Join('\n', lines)}\n\n{ExitCodes}";
    }
}
