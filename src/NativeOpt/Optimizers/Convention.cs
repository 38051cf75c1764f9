namespace NativeOpt;

/// <summary>Whose arithmetic a rule follows where the frameworks differ. Names and defaults are Keras' either way.</summary>
public enum Convention
{
    /// <summary>Keras 3: the epsilon of Adam outside the bias correction, decoupled weight decay, learning rate inside the velocity.</summary>
    Keras,

    /// <summary>PyTorch 2: the epsilon after the bias correction, coupled weight decay, learning rate outside the velocity.</summary>
    PyTorch,
}
