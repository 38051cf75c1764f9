using NativeOpt.BindingsGenerator;

const string Usage = """
    usage: dotnet run --project src/NativeOpt.BindingsGenerator [-p:CppSharpDist=DIR] -- [--check] [--root DIR]
      --check     write nothing; exit code 1 and a summary if the checked-in files differ from what would be written
      --root DIR  the repository; by default found from the current directory
    exit codes: 0 done or up to date, 1 out of date (--check), 2 wrong arguments, no header, or a header that cannot be mapped
    """;

bool check = false;
string? root = null;
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--check") check = true;
    else if (args[i] == "--root" && i + 1 < args.Length) root = args[++i];
    else
    {
        Console.Error.WriteLine(args[i] is "--help" or "-h" ? Usage : $"unknown argument '{args[i]}'\n{Usage}");
        return 2;
    }
}

try
{
    Repository repository = Repository.Find(root);
    IReadOnlyList<GeneratedFile> files = repository.Generate();
    return check ? Check(repository, files) : Write(repository, files);
}
catch (UnsupportedConstructException e)
{
    Console.Error.WriteLine($"{Repository.HeaderPath}:{e.Line}: {e.Message}");
    return 2;
}
catch (GeneratorException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static int Write(Repository repository, IReadOnlyList<GeneratedFile> files)
{
    foreach (GeneratedFile file in files)
        Console.WriteLine($"{file.RelativePath}: {(file.Write(repository.Root) ? "written" : "up to date")}");
    return 0;
}

static int Check(Repository repository, IReadOnlyList<GeneratedFile> files)
{
    string[] differences = [.. files.Select(file => file.Compare(repository.Root)).OfType<string>()];
    foreach (string difference in differences) Console.Error.WriteLine(difference);
    if (differences.Length > 0) Console.Error.WriteLine("The bindings are out of date: run the generator and commit what it writes.");
    else Console.WriteLine("The bindings are up to date.");
    return differences.Length == 0 ? 0 : 1;
}
