namespace NativeOpt.Data;

/// <summary>Where downloaded data sets are kept.</summary>
internal static class DataFolder
{
    private const string Variable = "NATIVEOPT_DATA", CacheVariable = "XDG_CACHE_HOME";

    /// <summary>The folder that the environment asks for.</summary>
    /// <param name="environment">Gives a variable of it.</param>
    public static string Find(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } named)
            return named;
        string cache = environment(CacheVariable) is { Length: > 0 } given && Path.IsPathRooted(given) ? given : SystemCache();
        return Path.Combine(cache, "nativeopt", "datasets");
    }

    private static string SystemCache() => OperatingSystem.IsWindows()
        ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), OperatingSystem.IsMacOS() ? "Library/Caches"
            : ".cache");
}
