using NativeOpt.Interop;
using NativeOpt.Training;
using Xunit;

namespace NativeOpt.Tests.Training;

public class ParameterArenaTests
{
    // 2^62 elements of 4 bytes are 2^64 bytes, which 64 bits would count as none.
    [Fact]
    public void Create_OfMoreBytesThan64BitsCount_IsRefused() =>
        Assert.Throws<OverflowException>(() => ParameterArena.Create([("huge", [1 << 30, 1 << 30, 4])], NoptDtype.F32));
}
