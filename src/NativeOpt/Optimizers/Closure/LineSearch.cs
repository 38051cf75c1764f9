namespace NativeOpt;

/// <summary>How far an optimizer goes in the direction it has chosen.</summary>
public enum LineSearch
{
    /// <summary>As far as the learning rate says.</summary>
    None,

    /// <summary>
    /// To a point that fulfils the strong Wolfe conditions: the loss is low enough and the slope flat enough (Nocedal &amp; Wright 2006,
    /// algorithms 3.5 and 3.6; c1 = 1e-4, c2 = 0.9).
    /// </summary>
    StrongWolfe,
}
