"""Samples per second against the size of the batch (784-128-10) and the width (784-width-10, batch 32), here and in PyTorch, as CSV.

Each turn is a process of its own that visits all sizes. Writes curves-batch.csv and curves-width.csv into a folder.

Run with the system's Python after ./build.sh bench has built the programs:
    /usr/bin/python3 benchmarks/peers/curves.py FOLDER [--rounds 5] [--quick]
"""
import argparse
import collections
import pathlib
import statistics
import sys

from contestant import HERE, OWN_PROGRAM, PROCESSORS, Contestant, is_built, is_installed, own_environment, peer_environment

BATCHES = [2**k for k in range(13)]
WIDTHS = [2**k for k in range(4, 13)]
QUICK = ([1, 16, 128, 1024], [16, 128, 1024])


def contestants(batches, widths):
    sizes = ["--batches", ",".join(map(str, batches)), "--widths", ",".join(map(str, widths))]
    for threads in sorted({1, PROCESSORS}):
        command = ["dotnet", str(OWN_PROGRAM), "curves", "--backend", "native", "--threads", str(threads), *sizes]
        yield Contestant(f"NativeOpt {threads} thr.", "", command, own_environment())
    yield Contestant("managed", "", ["dotnet", str(OWN_PROGRAM), "curves", "--backend", "managed", *sizes], own_environment())
    if is_installed("torch", "python3-torch"):
        command = [sys.executable, str(HERE / "pytorch_curves.py"), *sizes]
        yield Contestant("PyTorch 1 thr.", "", command, peer_environment(1, 1))


def measure(found, rounds):
    """Rates by axis, size and participant."""
    rates = collections.defaultdict(list)
    for _ in range(rounds):
        for contestant in found:
            for line in contestant.run():
                axis, size, rate = line.split(",")
                rates[axis, int(size), contestant.group].append(float(rate))
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each, default 5")
    parser.add_argument("--quick", action="store_true", help="fewer sizes")
    options = parser.parse_args()
    if not is_built():
        return
    found = list(contestants(*(QUICK if options.quick else (BATCHES, WIDTHS))))
    rates = measure(found, options.rounds)
    for axis in ("batch", "width"):
        with open(options.folder / f"curves-{axis}.csv", "w", encoding="utf-8") as file:
            print(f"{axis},who,rounds,median,low,high", file=file)
            for (where, size, who), values in rates.items():
                if where == axis:
                    print(f"{size},{who},{options.rounds},{statistics.median(values):.1f},{min(values):.1f},{max(values):.1f}", file=file)


if __name__ == "__main__":
    main()
