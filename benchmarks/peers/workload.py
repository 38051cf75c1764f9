"""The networks that training.py compares, and the data that all of them train on: random pictures with random labels."""
import collections

# widths of the layers, rows of a batch, rows of an epoch here and in the slow naive program
Workload = collections.namedtuple("Workload", "widths batch rows naive_rows title")

WORKLOADS = {
    "tutorial": Workload((784, 128, 10), 32, 60000, 1920, "784-128-10 batch 32"),
    "single": Workload((784, 128, 10), 1, 6000, 100, "784-128-10 batch 1"),
    "wide": Workload((3072, 2048, 2048, 10), 256, 2048, 0, "3072-2048-2048-10 batch 256"),
}


def choose(name, rows):
    """A workload, with other rows of an epoch if they are given."""
    return WORKLOADS[name]._replace(rows=rows) if rows else WORKLOADS[name]


def load(workload):
    """Pictures in [0, 1] as float32 and labels as int64, in NumPy arrays."""
    import numpy

    random = numpy.random.default_rng(1)
    pixels = random.integers(0, 256, (workload.rows, workload.widths[0]), dtype=numpy.uint8)
    return pixels.astype(numpy.float32) / 255, random.integers(0, workload.widths[-1], workload.rows, dtype=numpy.int64)
