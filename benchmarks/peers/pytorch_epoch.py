"""One training epoch of the tutorial network, here and in PyTorch, side by side.

784 -> 128 relu -> 10 softmax, Adam, batch 32, on the training pictures of Fashion-MNIST, one thread each. The two take turns,
each turn in a process of its own, because a shared machine is quick in one minute and slow in the next: read the ratio of the
medians, not the seconds. PyTorch runs in the form that was quickest of those tried: rows shuffled once an epoch and then sliced,
gradients dropped instead of zeroed, the multi-tensor Adam.

Run with the system's Python, where Debian's package python3-torch lives, after ./build.sh run:
    /usr/bin/python3 benchmarks/peers/pytorch_epoch.py [--rounds 3]
"""
import argparse
import gzip
import importlib.util
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
BATCH = 32


def openblas_core():
    """The kernels OpenBLAS should use. Versions that are older than the processor may choose far slower ones by themselves."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = file.read()
    return "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags else "Nehalem"


def peer_environment():
    return dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", OPENBLAS_CORETYPE=openblas_core())


def own_environment():
    """NativeOpt chooses for itself."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("OPENBLAS_", "NOPT_"))}


def train_in_pytorch(epochs):
    """Prints samples per second, one line an epoch."""
    import torch

    torch.manual_seed(42)
    torch.set_num_threads(1)
    with gzip.open(DATA / "train-images-idx3-ubyte.gz") as file:
        pixels = torch.frombuffer(bytearray(file.read()[16:]), dtype=torch.uint8)
    with gzip.open(DATA / "train-labels-idx1-ubyte.gz") as file:
        labels = torch.frombuffer(bytearray(file.read()[8:]), dtype=torch.uint8).long()
    images = pixels.view(-1, 784).float() / 255
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, foreach=True)
    for _ in range(epochs):
        start = time.perf_counter()
        order = torch.randperm(len(labels))
        rows, targets = images[order], labels[order]
        for first in range(0, len(labels), BATCH):
            optimizer.zero_grad(set_to_none=True)
            output = model(rows[first:first + BATCH])
            torch.nn.functional.cross_entropy(output, targets[first:first + BATCH]).backward()
            optimizer.step()
        print(len(labels) / (time.perf_counter() - start), flush=True)


def measure_pytorch(epochs):
    command = [sys.executable, __file__, "--worker", str(epochs)]
    output = subprocess.run(command, env=peer_environment(), check=True, capture_output=True, text=True).stdout
    return statistics.median(float(line) for line in output.split())


def measure_nativeopt(epochs):
    with tempfile.TemporaryDirectory() as folder:
        command = [str(ROOT / "artifacts/nativeopt"), "compare", "--optimizers", "adam", "--dataset", "fashion-mnist",
                   "--epochs", str(epochs), "--batch-size", str(BATCH), "--threads", "1", "--output", folder]
        subprocess.run(command, env=own_environment(), check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        results = json.loads((pathlib.Path(folder) / "results.json").read_text(encoding="utf-8"))
    return statistics.median(epoch["samplesPerSecond"] for epoch in results["runs"][0]["epochs"])


def missing():
    if importlib.util.find_spec("torch") is None:
        return f"PyTorch is not installed for {sys.executable} (Debian: python3-torch)"
    if not DATA.is_dir():
        return f"Fashion-MNIST is not in {DATA} (Debian: dataset-fashion-mnist)"
    if not (ROOT / "artifacts/nativeopt").exists():
        return "artifacts/nativeopt is not there: run ./build.sh run once"
    return None


def compare(rounds, epochs):
    import torch

    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(measure_nativeopt(epochs))
        theirs.append(measure_pytorch(epochs))
    own, peer = statistics.median(ours), statistics.median(theirs)
    print("| Adam, batch 32, 1 thread | samples/s, median | lowest | highest | ratio |")
    print("|---|---:|---:|---:|---:|")
    print(f"| NativeOpt | {own:,.0f} | {min(ours):,.0f} | {max(ours):,.0f} | {own / peer:.2f} |")
    print(f"| PyTorch {torch.__version__}, OpenBLAS core {openblas_core()} | {peer:,.0f} | {min(theirs):,.0f} | {max(theirs):,.0f} | 1.00 |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="turns of each, default 3")
    parser.add_argument("--epochs", type=int, default=3, help="epochs of a turn, default 3")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        train_in_pytorch(options.worker)
        return
    reason = missing()
    if reason:
        print(f"PyTorch comparison skipped: {reason}")
        return
    compare(options.rounds, options.epochs)


if __name__ == "__main__":
    main()
