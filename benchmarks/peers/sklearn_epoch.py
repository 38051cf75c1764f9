"""Trains a workload in scikit-learn's MLPClassifier and prints samples per second. training.py runs it in turns with the others."""
import argparse
import time
import warnings

import workload as workloads


def train(workload, epochs):
    from sklearn.neural_network import MLPClassifier

    images, labels = workloads.load(workload)
    model = MLPClassifier(hidden_layer_sizes=workload.widths[1:-1], batch_size=workload.batch, solver="adam", alpha=0,
                          max_iter=1, warm_start=True, random_state=1)
    warnings.simplefilter("ignore")  # one epoch at a time does not converge
    for _ in range(epochs):
        start = time.perf_counter()
        model.fit(images, labels)
        print(len(labels) / (time.perf_counter() - start), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workload", choices=workloads.WORKLOADS, default="tutorial")
    parser.add_argument("--rows", type=int, help="of an epoch, default those of the workload")
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()
    train(workloads.choose(options.workload, options.rows), options.epochs)


if __name__ == "__main__":
    main()
