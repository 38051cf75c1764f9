"""Training of whole networks, here and elsewhere, in turns: one Markdown table a network.

The same work for everybody: dense layers with relu, softmax and cross-entropy, Adam, float32, shuffled rows of random pictures.
Each turn is a process of its own, because a shared machine is quick in one minute and slow in the next: read the ratios of the
medians, not the rates. OpenBLAS gets the right kernels in the peers too, and each peer counts with its quickest form and number of
threads. The first epoch of a turn, in which programs warm up, does not count.

Run with the system's Python, where Debian's python3-torch and python3-sklearn live, after ./build.sh bench has built the programs:
    /usr/bin/python3 benchmarks/peers/training.py [--rounds 5] [--workloads tutorial single wide]
"""
import argparse
import importlib.util
import os
import pathlib
import statistics
import subprocess
import sys

import workload as workloads

HERE = pathlib.Path(__file__).resolve().parent
OWN_PROGRAM = HERE.parent / "NativeOpt.Benchmarks/bin/Release/net10.0/NativeOpt.Benchmarks.dll"
PROCESSORS = len(os.sched_getaffinity(0))


class Contestant:
    """A program with its options; `group` is the row of the table where only the quickest counts."""

    def __init__(self, group, form, command, environment):
        self.group, self.form, self.command, self.environment, self.rates = group, form, command, environment, []

    def take_turn(self):
        output = subprocess.run(self.command, env=self.environment, check=True, capture_output=True, text=True).stdout
        rates = [float(line) for line in output.split()]
        self.rates.append(statistics.median(rates[1:] or rates))

    def median(self):
        return statistics.median(self.rates)


def openblas_core():
    """The kernels OpenBLAS should use. Versions that are older than the processor may choose far slower ones by themselves."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = file.read()
    return "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags else "Nehalem"


def peer_environment(threads, blas_threads):
    return dict(os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(blas_threads), OPENBLAS_CORETYPE=openblas_core())


def own_environment():
    """NativeOpt chooses for itself."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("OPENBLAS_", "OMP_", "NOPT_"))}


def own(group, workload, backend, threads, rows, epochs):
    network = "wide" if len(workload.widths) == 4 else "tutorial"
    command = ["dotnet", str(OWN_PROGRAM), "train", "--network", network, "--backend", backend, "--threads", str(threads),
               "--batch", str(workload.batch), "--rows", str(rows), "--epochs", str(epochs)]
    return Contestant(group, f"{threads} threads" if threads > 1 else "1 thread", command, own_environment())


def own_contestants(workload, epochs):
    found = [own("NativeOpt, 1 thread", workload, "native", 1, workload.rows, 4 * epochs)]
    if PROCESSORS > 1:
        found.append(own(f"NativeOpt, {PROCESSORS} threads", workload, "native", PROCESSORS, workload.rows, 4 * epochs))
    found.append(own("NativeOpt, managed backend", workload, "managed", PROCESSORS, workload.rows, epochs))
    if workload.naive_rows:
        found.append(own("naive C#", workload, "naive", 1, workload.naive_rows, epochs))
    return found


def pytorch_contestants(name, epochs):
    forms = {(1, 1, True), (1, 1, False), (PROCESSORS, 1, True), (PROCESSORS, PROCESSORS, True)}
    for threads, blas_threads, foreach in sorted(forms):
        command = [sys.executable, str(HERE / "pytorch_epoch.py"), "--workload", name, "--threads", str(threads), "--epochs", str(epochs)]
        form = f"{threads} OpenMP and {blas_threads} OpenBLAS threads{', multi-tensor Adam' if foreach else ''}"
        environment = peer_environment(threads, blas_threads)
        group = "PyTorch, 1 thread" if threads == 1 else "PyTorch, several threads"
        yield Contestant(group, form, command + ["--foreach"] * foreach, environment)


def sklearn_contestants(name, epochs):
    for threads in sorted({1, PROCESSORS}):
        command = [sys.executable, str(HERE / "sklearn_epoch.py"), "--workload", name, "--epochs", str(epochs)]
        yield Contestant("scikit-learn", f"{threads} OpenBLAS threads", command, peer_environment(threads, threads))


def contestants(name, epochs):
    found = own_contestants(workloads.WORKLOADS[name], epochs)
    for module, package, make in (("torch", "python3-torch", pytorch_contestants), ("sklearn", "python3-sklearn", sklearn_contestants)):
        if importlib.util.find_spec(module) is None:
            print(f"{module} skipped: not installed for {sys.executable} (Debian: {package})", file=sys.stderr)
        else:
            found += make(name, epochs)
    return found


def print_table(name, all_contestants, rounds):
    best = {}
    for contestant in all_contestants:
        if contestant.group not in best or contestant.median() > best[contestant.group].median():
            best[contestant.group] = contestant
    own_best = max((c.median() for c in best.values() if c.group.startswith("NativeOpt,") and "managed" not in c.group))
    own_one = best["NativeOpt, 1 thread"].median()
    print(f"### {workloads.WORKLOADS[name].title}\n")
    print(f"Medians of {rounds} turns. The ratios say how many times quicker NativeOpt is: on one thread, and at its best.\n")
    print("| | form | samples/s | lowest | highest | 1 thread | best |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for group, c in best.items():
        print(f"| {group} | {c.form} | {c.median():,.0f} | {min(c.rates):,.0f} | {max(c.rates):,.0f} "
              f"| {own_one / c.median():.2f} | {own_best / c.median():.2f} |")
    print(flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each, default 5")
    parser.add_argument("--epochs", type=int, default=2, help="epochs of a turn, four times as many of our own short ones, default 2")
    parser.add_argument("--workloads", nargs="+", choices=workloads.WORKLOADS, default=list(workloads.WORKLOADS))
    options = parser.parse_args()
    if not OWN_PROGRAM.exists():
        print(f"training comparison skipped: {OWN_PROGRAM} is not there; ./build.sh bench builds it")
        return
    for name in options.workloads:
        found = contestants(name, options.epochs)
        for _ in range(options.rounds):
            for contestant in found:
                contestant.take_turn()
        print_table(name, found, options.rounds)


if __name__ == "__main__":
    main()
