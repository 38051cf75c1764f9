"""Training of whole networks, here and elsewhere, in turns: CSV, a line for each participant.

The same work for everybody: dense layers with relu, softmax and cross-entropy, Adam, float32, shuffled rows of random pictures.
Each turn is a process of its own, because a shared machine is quick in one minute and slow in the next: read the ratios of the
medians, not the rates. OpenBLAS gets the right kernels in the peers too, and each peer counts with its quickest form and number of
threads. The first epoch of a turn, in which programs warm up, does not count.

Run with the system's Python, where Debian's python3-torch and python3-sklearn live, after ./build.sh bench has built the programs:
    /usr/bin/python3 benchmarks/peers/training.py [--rounds 5] [--workloads tutorial single wide] [--quick]
"""
import argparse
import ctypes.util
import statistics
import sys

import workload as workloads
from contestant import HERE, OWN_PROGRAM, PROCESSORS, Contestant, is_built, is_installed, own_environment, peer_environment

OWN_EPOCHS = 4  # ours are short


def own(group, workload, backend, threads, rows, epochs, environment=None):
    network = "wide" if len(workload.widths) == 4 else "tutorial"
    command = ["dotnet", str(OWN_PROGRAM), "train", "--network", network, "--backend", backend, "--threads", str(threads),
               "--batch", str(workload.batch), "--rows", str(rows), "--epochs", str(epochs)]
    return Contestant(group, f"{threads} threads" if threads > 1 else "1 thread", command, environment or own_environment())


def own_contestants(workload, epochs):
    yield own("NativeOpt (1 thread)", workload, "native", 1, workload.rows, OWN_EPOCHS * epochs)
    if PROCESSORS > 1:
        yield own(f"NativeOpt ({PROCESSORS} threads)", workload, "native", PROCESSORS, workload.rows, OWN_EPOCHS * epochs)
    yield own("NativeOpt managed", workload, "managed", PROCESSORS, workload.rows, epochs)
    if ctypes.util.find_library("openblas"):
        for threads in sorted({1, PROCESSORS}):
            environment = peer_environment(1, threads)
            yield own("OpenBLAS from C#", workload, "openblas", threads, workload.rows, epochs, environment)
    else:
        print("skipped: OpenBLAS called from C#; there is no libopenblas (Debian: libopenblas0-pthread)", file=sys.stderr)
    if workload.naive_rows:
        yield own("naive C#", workload, "naive", 1, workload.naive_rows, epochs)


def peer_command(script, name, rows, epochs):
    return [sys.executable, str(HERE / script), "--workload", name, "--rows", str(rows), "--epochs", str(epochs)]


def pytorch_contestants(name, rows, epochs, quick):
    # OpenMP's threads wait busily unless told otherwise: quicker alone on the machine, far slower beside others.
    forms = {(1, 1, True, False), (PROCESSORS, 1, True, PROCESSORS > 1)}
    if not quick:
        forms |= {(1, 1, False, False), (PROCESSORS, 1, True, False), (PROCESSORS, PROCESSORS, True, PROCESSORS > 1)}
    for threads, blas_threads, foreach, passive in sorted(forms):
        command = peer_command("pytorch_epoch.py", name, rows, epochs) + ["--threads", str(threads)] + ["--foreach"] * foreach
        form = (f"{threads} OpenMP and {blas_threads} OpenBLAS threads{' that wait passively' if passive else ''}"
                f"{'; multi-tensor Adam' if foreach else ''}")
        group = "PyTorch (1 thread)" if threads == 1 else "PyTorch (several threads)"
        yield Contestant(group, form, command, peer_environment(threads, blas_threads, passive))


def sklearn_contestants(name, rows, epochs, quick):
    for threads in [1] if quick else sorted({1, PROCESSORS}):
        command = peer_command("sklearn_epoch.py", name, rows, epochs)
        yield Contestant("scikit-learn", f"{threads} OpenBLAS threads", command, peer_environment(threads, threads))


def contestants(name, epochs, quick):
    workload = workloads.WORKLOADS[name]
    if quick:
        workload = workload._replace(rows=workload.rows // 10)
    found = list(own_contestants(workload, epochs))
    if is_installed("torch", "python3-torch"):
        found += pytorch_contestants(name, workload.rows, epochs, quick)
    if is_installed("sklearn", "python3-sklearn"):
        found += sklearn_contestants(name, workload.rows, epochs, quick)
    return found


def print_rows(name, found, rounds):
    best = {}
    for contestant in found:
        if contestant.group not in best or contestant.median() > best[contestant.group].median():
            best[contestant.group] = contestant
    for group, c in best.items():
        title = f"{name} {workloads.WORKLOADS[name].title}"
        print(f"{title},{group},{c.form},{rounds},{c.median():.1f},{min(c.rates):.1f},{max(c.rates):.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each, default 5")
    parser.add_argument("--epochs", type=int, default=2, help="epochs of a turn, four times as many of our own short ones, default 2")
    parser.add_argument("--workloads", nargs="+", choices=workloads.WORKLOADS, default=list(workloads.WORKLOADS))
    parser.add_argument("--quick", action="store_true", help="fewer rows, and only the forms of the peers that are usually the quickest")
    options = parser.parse_args()
    if not is_built():
        return
    print("network,who,form,rounds,median,low,high")
    for name in options.workloads:
        found = contestants(name, options.epochs, options.quick)
        for _ in range(options.rounds):
            for contestant in found:
                rates = [float(word) for word in contestant.run()]
                contestant.rates.append(statistics.median(rates[1:] or rates))
        print_rows(name, found, options.rounds)


if __name__ == "__main__":
    main()
