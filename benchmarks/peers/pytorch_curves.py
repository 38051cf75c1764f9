"""Trains 784-width-10 in PyTorch with batches and widths of many sizes; lines "axis,size,samples per second". curves.py runs it."""
import argparse
import time

import workload as workloads
from pytorch_epoch import Trainer

SECONDS = 0.08


def rate(width, batch):
    workload = workloads.Workload((784, width, 10), batch, max(4 * batch, 2048), 0, "")
    trainer = Trainer(workload, threads=1, foreach=True)
    trainer.train_epoch()
    start, epochs = time.perf_counter(), 0
    while epochs == 0 or time.perf_counter() - start < SECONDS:
        trainer.train_epoch()
        epochs += 1
    return epochs * workload.rows / (time.perf_counter() - start)


def numbers(text):
    return [int(number) for number in text.split(",")]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=numbers, default=[])
    parser.add_argument("--widths", type=numbers, default=[])
    options = parser.parse_args()
    for batch in options.batches:
        print(f"batch,{batch},{rate(128, batch):.1f}", flush=True)
    for width in options.widths:
        print(f"width,{width},{rate(width, 32):.1f}", flush=True)


if __name__ == "__main__":
    main()
