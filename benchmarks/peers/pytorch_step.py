"""Steps of AdamW, here and in PyTorch, side by side, as CSV.

Both update an array of n parameters, taking turns within this process: the native library through its C ABI, PyTorch with the loop of
its optimizer over one tensor, and with its multi-tensor form. Read the ratios of the medians, not the microseconds.

Run with the system's Python, where Debian's package python3-torch lives, after ./build.sh native:
    /usr/bin/python3 benchmarks/peers/pytorch_step.py [--threads 1] [--rounds 15]
"""
import argparse
import ctypes
import importlib.util
import pathlib
import statistics
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "artifacts/runtimes/linux-x64/native/libnativeopt.so"
SIZES = [1_000, 100_000, 1_000_000, 10_000_000]
OPTIMIZER_STEP = 5


class ContextOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("thread_count", ctypes.c_int32), ("isa", ctypes.c_int32), ("gemm", ctypes.c_int32)]


class Segment(ctypes.Structure):
    _fields_ = [("offset", ctypes.c_int64), ("count", ctypes.c_int64), ("scalars_index", ctypes.c_int64)]


class StepArgs(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("optimizer", ctypes.c_int32), ("flags", ctypes.c_uint32),
                ("variant", ctypes.c_uint32), ("dtype", ctypes.c_int32), ("slot_count", ctypes.c_int32),
                ("scalar_count", ctypes.c_int32), ("reserved", ctypes.c_int32), ("length", ctypes.c_int64),
                ("parameters", ctypes.c_void_p), ("gradients", ctypes.c_void_p), ("slots", ctypes.c_void_p),
                ("segments", ctypes.c_void_p), ("segment_count", ctypes.c_int64), ("prologues", ctypes.c_void_p),
                ("scalars", ctypes.c_void_p), ("row_count", ctypes.c_int64), ("numbers", ctypes.c_void_p)]


class Op(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("kind", ctypes.c_int32), ("args", ctypes.c_void_p)]


class NativeStep:
    """One step of AdamW on tensors of float32; the slots are arrays of its own."""

    def __init__(self, library, weights, gradients, slots, threads):
        self.library = library
        self.keep = [weights, gradients, *slots]
        options = ContextOptions(ctypes.sizeof(ContextOptions), threads, 0, 0)
        context = ctypes.c_uint64()
        self.check(library.nopt_context_create(ctypes.byref(options), ctypes.byref(context)))
        self.context = context
        optimizer = ctypes.c_int32()
        self.check(library.nopt_optimizer_find(b"adam", ctypes.byref(optimizer)))
        self.slots = (ctypes.c_void_p * 3)(slots[0].data_ptr(), slots[1].data_ptr(), None)
        self.segment = Segment(0, weights.numel(), 0)
        self.prologue = (ctypes.c_double * 6)(1, 0, 0, 0, 0, 1 - 1e-11)
        self.scalars = (ctypes.c_double * 6)(0.9, 0.1, 0.999, 0.001, 1e-9, 1e-8)
        self.args = StepArgs(ctypes.sizeof(StepArgs), optimizer, 0, 0, 0, 3, 6, 0, weights.numel(), weights.data_ptr(),
                             gradients.data_ptr(), ctypes.addressof(self.slots), ctypes.addressof(self.segment), 1,
                             ctypes.addressof(self.prologue), ctypes.addressof(self.scalars), 1, None)
        self.op = Op(ctypes.sizeof(Op), OPTIMIZER_STEP, ctypes.addressof(self.args))
        self.run = library.nopt_plan_run
        self.place = ctypes.byref(self.op)

    def check(self, status):
        if status != 0:
            raise RuntimeError(ctypes.string_at(self.library.nopt_last_error()).decode())

    def __call__(self):
        self.check(self.run(self.context, self.place, 1))


def load():
    library = ctypes.CDLL(str(LIBRARY))
    library.nopt_last_error.restype = ctypes.c_void_p
    library.nopt_plan_run.argtypes = [ctypes.c_uint64, ctypes.c_void_p, ctypes.c_int64]
    return library


def torch_step(torch, count, foreach):
    parameter = torch.nn.Parameter(torch.full((count,), 0.3))
    parameter.grad = torch.full((count,), 0.25)
    return torch.optim.AdamW([parameter], lr=1e-9, foreach=foreach).step


def seconds(step, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        step()
    return (time.perf_counter() - start) / repeats


def measure(steps, rounds):
    """Times of each step, one a round."""
    repeats = []
    for step in steps:
        step()
        repeats.append(1 + int(2e-3 / seconds(step, 3)))
    times = [[seconds(step, n) for step, n in zip(steps, repeats)] for _ in range(rounds)]
    return list(zip(*times))


def missing():
    if importlib.util.find_spec("torch") is None:
        return "PyTorch is not installed for this Python (Debian: python3-torch)"
    if not LIBRARY.exists():
        return f"{LIBRARY.relative_to(ROOT)} is not there: run ./build.sh native once"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1, help="of both, default 1")
    parser.add_argument("--rounds", type=int, default=15, help="turns of each, default 15")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="numbers of parameters")
    options = parser.parse_args()
    reason = missing()
    if reason:
        print(f"skipped: PyTorch's steps; {reason}", file=sys.stderr)
        return
    import torch

    torch.set_num_threads(options.threads)
    library = load()
    print("n,threads,NativeOpt us,peer,ratio,low,high")
    for count in options.sizes:
        arrays = [torch.full((count,), value) for value in (0.3, 0.25, 0.1, 0.1)]
        own, *others = measure([NativeStep(library, *arrays[:2], arrays[2:], options.threads),
                                torch_step(torch, count, False), torch_step(torch, count, True)], options.rounds)
        for name, times in zip(("PyTorch", "PyTorch foreach"), others):
            low, middle, high = statistics.quantiles([time / us for time, us in zip(times, own)], n=4)
            print(f"{count},{options.threads},{statistics.median(own) * 1e6:.3f},{name},{middle:.2f},{low:.2f},{high:.2f}", flush=True)


if __name__ == "__main__":
    main()
