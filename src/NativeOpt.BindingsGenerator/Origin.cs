namespace NativeOpt.BindingsGenerator;

/// <summary>What the head of a generated file says about where it comes from.</summary>
/// <param name="HeaderPath">The header, relative to the repository, with forward slashes.</param>
/// <param name="HeaderSha256">SHA-256 of the header's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="CppSharpVersion">
/// The version Directory.Packages.props pins. It is not asked of the assemblies that run, so that the output does not depend on
/// whether they came from the package or from a build of the same version.
/// </param>
internal sealed record Origin(string HeaderPath, string HeaderSha256, string CppSharpVersion);
