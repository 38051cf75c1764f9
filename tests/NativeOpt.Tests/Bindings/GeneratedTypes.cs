using System.Reflection;
using NativeOpt.Interop;

namespace NativeOpt.Tests.Bindings;

/// <summary>What the generator has put into the assembly, in the order of the file.</summary>
internal static class GeneratedTypes
{
    private static readonly Type[] All =
        [.. typeof(NativeMethods).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(NativeMethods).Namespace && type.Name.StartsWith("Nopt", StringComparison.Ordinal))
            .OrderBy(type => type.MetadataToken)];

    public static IEnumerable<Type> Enums => All.Where(type => type.IsEnum);

    public static IEnumerable<Type> Structs => All.Where(type => type is { IsValueType: true, IsEnum: false });

    public static IEnumerable<MethodInfo> Functions =>
        typeof(NativeMethods).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => method.Name.StartsWith("nopt_", StringComparison.Ordinal))
            .OrderBy(method => method.MetadataToken);

    /// <summary>The type of a C name, such as <c>nopt_matrix</c>; null if there is none.</summary>
    public static Type? Find(string cName)
    {
        string name = cName.Replace("_", "", StringComparison.Ordinal);
        return All.SingleOrDefault(type => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
