"""Writes the other files of this folder: weights and predictions of a PyTorch module, arrays of NumPy.

Run with PyTorch 1.13 and NumPy 1.24 (Debian 12: python3-torch).
"""
import json

import numpy
import torch

from safetensors_format import write_safetensors

torch.manual_seed(5)
module = torch.nn.Sequential(
    torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3), torch.nn.ReLU(), torch.nn.Linear(3, 5), torch.nn.LayerNorm(5), torch.nn.Linear(5, 2))
for _ in range(3):
    module(torch.randn(8, 4))  # moves the statistics
module.eval()
x = torch.randn(6, 4)
write_safetensors("torch.safetensors", module.state_dict())
with open("torch.json", "w") as file:
    json.dump({"x": x.tolist(), "y": module(x).detach().tolist()}, file)

linear = [module[0], module[3]]
numpy.savez("keras.npz", *[array for layer in linear for array in (layer.weight.detach().numpy().T, layer.bias.detach().numpy())])
numpy.save("doubles.npy", numpy.arange(6, dtype="<f8").reshape(2, 3) / 4)
numpy.save("fortran.npy", numpy.asfortranarray(numpy.arange(24, dtype="<i4").reshape(2, 3, 4)))
numpy.save("big_endian.npy", numpy.array([1.5, -2.25], dtype=">f4"))
numpy.save("scalar.npy", numpy.float32(0.5))
numpy.save("objects.npy", numpy.array([None]), allow_pickle=True)
numpy.savez_compressed("named.npz", **{"a/b": numpy.float32([[1, 2], [3, 4]]), "c": numpy.int64([7])})
