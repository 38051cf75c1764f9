using NativeOpt.Cli.Display;
using NativeOpt.Cli.Download;
using NativeOpt.Cli.Output;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt data list` does.</summary>
internal static class DataListAction
{
    /// <returns>The exit code.</returns>
    public static int Run(bool json, Terminal terminal)
    {
        DataSetInfo[] sets = [.. Datasets.Names.Select(Describe)];
        if (json)
        {
            terminal.Output.WriteLine(DataJson.Write(sets));
            return ExitCode.Success;
        }
        foreach (DataSetInfo set in sets)
            terminal.Output.WriteLine($"{set.Name,-16}{set.Description,-58}{WhereIs(set)}");
        return ExitCode.Success;
    }

    private static DataSetInfo Describe(string name)
    {
        (string description, bool available) = name switch
        {
            Datasets.FashionMnist.Name => ("70,000 pictures of clothes, 28 x 28, 10 classes", Datasets.FashionMnist.IsAvailable()),
            Datasets.Cifar10.Name => ("60,000 colour pictures, 32 x 32, 10 classes", Datasets.Cifar10.IsAvailable()),
            Datasets.Digits.Name => ("1,797 handwritten digits, 8 x 8, 10 classes", true),
            Datasets.Iris.Name => ("150 flowers, 4 measures, 3 classes", true),
            _ => ("", false),
        };
        return new DataSetInfo
        {
            Name = name,
            Description = description,
            Available = available,
            BuiltIn = RemoteDataset.Known.All(known => known.Name != name),
        };
    }

    private static string WhereIs(DataSetInfo set) => set.BuiltIn
        ? "part of the program"
        : set.Available ? "installed" : $"`nativeopt data get {set.Name}`";
}
