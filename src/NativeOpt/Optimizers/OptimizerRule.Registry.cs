using System.Collections.Concurrent;

namespace NativeOpt;

// Rules of the user's own by name.
public abstract partial record OptimizerRule
{
    private static readonly ConcurrentDictionary<string, Func<OptimizerRule>> Registered = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Lets a rule be found by name: in <see cref="FromName"/>, <see cref="Parse"/> with its settings, and wherever a string becomes a
    /// rule. Once for a name in a process.
    /// </summary>
    /// <param name="name">Not yet taken, letters, digits, '_' and '-'; case does not matter. The rule's own name, or another one for it.</param>
    /// <param name="create">Makes the rule with the settings that the name stands for.</param>
    /// <exception cref="ArgumentException">The name is empty, has other characters, or is taken.</exception>
    public static void Register(string name, Func<OptimizerRule> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new ArgumentException($"name is '{name}'; it may have letters, digits, '_' and '-' only.", nameof(name));
        if (Factories.ContainsKey(name) || !Registered.TryAdd(name, create))
            throw new ArgumentException($"there is an optimizer '{name}' already", nameof(name));
    }

    /// <summary>What makes the rule of a name, or null.</summary>
    private protected static Func<OptimizerRule>? FindFactory(string name) =>
        Factories.TryGetValue(name, out Func<OptimizerRule>? factory) || Registered.TryGetValue(name, out factory) ? factory : null;
}
