"""Trains a workload in PyTorch and prints samples per second, one line an epoch. training.py runs it in turns with the others.

The forms that are quick: rows shuffled once an epoch and then sliced, gradients dropped instead of zeroed, the multi-tensor Adam
or the one that goes tensor by tensor.
"""
import argparse
import time

import workload as workloads


def train(workload, threads, foreach, epochs):
    import torch

    torch.manual_seed(42)
    torch.set_num_threads(threads)
    images, labels = (torch.from_numpy(array) for array in workloads.load(workload))
    layers = []
    for inputs, outputs in zip(workload.widths, workload.widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, foreach=foreach)
    for _ in range(epochs):
        start = time.perf_counter()
        order = torch.randperm(len(labels))
        rows, targets = images[order], labels[order]
        for first in range(0, len(labels), workload.batch):
            optimizer.zero_grad(set_to_none=True)
            output = model(rows[first:first + workload.batch])
            torch.nn.functional.cross_entropy(output, targets[first:first + workload.batch]).backward()
            optimizer.step()
        print(len(labels) / (time.perf_counter() - start), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", choices=workloads.WORKLOADS, default="tutorial")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--foreach", action="store_true", help="the multi-tensor Adam")
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()
    train(workloads.WORKLOADS[options.workload], options.threads, options.foreach, options.epochs)


if __name__ == "__main__":
    main()
