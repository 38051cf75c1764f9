using System.Reflection;
using Xunit;

namespace NativeOpt.Tests.Bindings;

/// <summary>Nothing in the bindings is converted on its way to the library: what C# holds is what C reads.</summary>
public sealed class BlittabilityTests
{
    private static readonly Type[] Numbers =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double),
    ];

    public static TheoryData<string> Structs => [.. GeneratedTypes.Structs.Select(type => type.Name)];

    public static TheoryData<string> Functions => [.. GeneratedTypes.Functions.Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(Structs))]
    public void Struct_IsSequentialAndBlittable(string name)
    {
        Type type = GeneratedTypes.Find(name)!;
        Assert.True(type.IsLayoutSequential);
        Assert.All(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
            field => Assert.True(IsBlittable(field.FieldType), $"{field} is not blittable"));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_TakesAndReturnsNumbersAndPointers(string name)
    {
        MethodInfo function = GeneratedTypes.Functions.Single(f => f.Name == name);
        Type[] types = [function.ReturnType, .. function.GetParameters().Select(p => p.ParameterType)];
        Assert.All(types, type => Assert.True(type == typeof(void) || type.IsPointer || Numbers.Contains(type), type.Name));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_IsImportedWithoutAStub(string name)
    {
        // The import generator puts DllImport on the method itself only where it has nothing to convert.
        MethodInfo function = GeneratedTypes.Functions.Single(f => f.Name == name);
        Assert.True(function.Attributes.HasFlag(MethodAttributes.PinvokeImpl));
    }

    [Fact]
    public void StructsTheLibraryIsHanded_BeginWithTheirSize()
    {
        IEnumerable<Type> parameters = GeneratedTypes.Functions.SelectMany(f => f.GetParameters())
            .Where(p => p.ParameterType.IsPointer).Select(p => p.ParameterType.GetElementType()!);
        Type[] handed = [.. GeneratedTypes.Structs.Where(type => IsArguments(type) || parameters.Contains(type))];
        Assert.NotEmpty(handed);
        Assert.All(handed, type =>
        {
            FieldInfo first = type.GetFields()[0];
            Assert.Equal((type.Name, "StructSize", typeof(uint)), (type.Name, first.Name, first.FieldType));
        });
    }

    private static bool IsArguments(Type type) => type.Name.EndsWith("Args", StringComparison.Ordinal);

    private static bool IsBlittable(Type type) => type.IsPointer || Numbers.Contains(type) || GeneratedTypes.Structs.Contains(type);
}
