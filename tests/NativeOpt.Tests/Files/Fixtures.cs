namespace NativeOpt.Tests.Files;

/// <summary>Files that Fixtures/make_fixtures.py has written.</summary>
internal static class Fixtures
{
    /// <summary>The path of one of them.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures", name);
}
