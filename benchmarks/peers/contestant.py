"""Programs that take turns, each turn a process of its own, and the environment in which each is at its best."""
import importlib.util
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
OWN_PROGRAM = HERE.parent / "NativeOpt.Benchmarks/bin/Release/net10.0/NativeOpt.Benchmarks.dll"
PROCESSORS = len(os.sched_getaffinity(0))


class Contestant:
    """A program with its options; `group` is the row of the table where only the quickest counts."""

    def __init__(self, group, form, command, environment):
        self.group, self.form, self.command, self.environment, self.rates = group, form, command, environment, []

    def run(self):
        """The words that the program prints."""
        return subprocess.run(self.command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout.split()

    def median(self):
        return statistics.median(self.rates)


def openblas_core():
    """The kernels OpenBLAS should use. Versions that are older than the processor may choose far slower ones by themselves."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = file.read()
    return "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags else "Nehalem"


def peer_environment(threads, blas_threads, passive=False):
    settings = dict(OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(blas_threads), OPENBLAS_CORETYPE=openblas_core())
    if passive:
        settings["OMP_WAIT_POLICY"] = "PASSIVE"
    return {**os.environ, **settings}


def own_environment():
    """NativeOpt chooses for itself."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("OPENBLAS_", "OMP_", "NOPT_"))}


def is_built():
    """Whether our own program is there; says so if not."""
    if not OWN_PROGRAM.exists():
        print(f"skipped: {OWN_PROGRAM} is not there; ./build.sh bench builds it", file=sys.stderr)
    return OWN_PROGRAM.exists()


def is_installed(module, package):
    """Whether this Python has a module; says so if not."""
    if importlib.util.find_spec(module) is None:
        print(f"skipped: {module}, which is not installed for {sys.executable} (Debian: {package})", file=sys.stderr)
        return False
    return True
