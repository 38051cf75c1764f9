// Marshalling is off for the whole assembly: a signature that is not blittable does not compile.
[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]
