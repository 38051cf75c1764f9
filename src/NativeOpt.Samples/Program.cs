using NativeOpt.Samples;

if (args is [var name] && Samples.All.TryGetValue(name, out Sample? sample))
{
    sample(Console.Out);
    return 0;
}
Console.Error.WriteLine($"usage: dotnet run --project src/NativeOpt.Samples -- NAME, with one of: {string.Join(", ", Samples.All.Keys)}");
return 2;
