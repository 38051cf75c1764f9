namespace NativeOpt.BindingsGenerator;

/// <summary>From the header's names to C#'s.</summary>
internal static class Names
{
    /// <summary>Prefix of the header's macros and enumeration members.</summary>
    public const string MacroPrefix = "NOPT_";

    /// <summary><c>nopt_dense_forward_args</c> becomes <c>NoptDenseForwardArgs</c>.</summary>
    public static string Pascal(string name) => string.Concat(name.Split('_').Select(Capitalise));

    /// <summary><c>op_count</c> becomes <c>opCount</c>.</summary>
    public static string Camel(string name)
    {
        string[] words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(Capitalise));
    }

    /// <summary><c>NOPT_ABI_VERSION</c> becomes <c>AbiVersion</c>.</summary>
    public static string Constant(string macro) => Pascal(macro[MacroPrefix.Length..].ToLowerInvariant());

    /// <summary>A member's name without the words it shares with its enumeration: <c>NOPT_LOSS_FROM_LOGITS</c> of
    /// <c>nopt_loss_flags</c> becomes <c>FromLogits</c>.</summary>
    public static string Member(EnumModel owner, string member)
    {
        string shared = "";
        foreach (string word in owner.Name.ToUpperInvariant().Split('_'))
        {
            string longer = shared + word + "_";
            if (!owner.Members.All(other => other.Name.StartsWith(longer, StringComparison.Ordinal))) break;
            shared = longer;
        }
        return Pascal(member[shared.Length..].ToLowerInvariant());
    }

    private static string Capitalise(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
