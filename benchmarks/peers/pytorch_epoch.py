"""Trains a workload in PyTorch and prints samples per second, one line an epoch. training.py runs it in turns with the others.

The forms that are quick: rows shuffled once an epoch and then sliced, gradients dropped instead of zeroed, the multi-tensor Adam
or the one that goes tensor by tensor.
"""
import argparse
import time

import workload as workloads


class Trainer:
    """A network with its data."""

    def __init__(self, workload, threads, foreach):
        import torch

        self.torch, self.batch = torch, workload.batch
        torch.manual_seed(42)
        torch.set_num_threads(threads)
        self.images, self.labels = (torch.from_numpy(array) for array in workloads.load(workload))
        layers = []
        for inputs, outputs in zip(workload.widths, workload.widths[1:]):
            layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
        self.model = torch.nn.Sequential(*layers[:-1])
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=1e-3, foreach=foreach)

    def train_epoch(self):
        order = self.torch.randperm(len(self.labels))
        rows, targets = self.images[order], self.labels[order]
        for first in range(0, len(order), self.batch):
            self.optimizer.zero_grad(set_to_none=True)
            output = self.model(rows[first:first + self.batch])
            self.torch.nn.functional.cross_entropy(output, targets[first:first + self.batch]).backward()
            self.optimizer.step()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", choices=workloads.WORKLOADS, default="tutorial")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--foreach", action="store_true", help="the multi-tensor Adam")
    parser.add_argument("--rows", type=int, help="of an epoch, default those of the workload")
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()
    workload = workloads.choose(options.workload, options.rows)
    trainer = Trainer(workload, options.threads, options.foreach)
    for _ in range(options.epochs):
        start = time.perf_counter()
        trainer.train_epoch()
        print(workload.rows / (time.perf_counter() - start), flush=True)


if __name__ == "__main__":
    main()
