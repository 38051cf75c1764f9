"""Writes the other files torch_*.safetensors of this folder: optimizers of PyTorch in the middle of a training, and where it ends.

Run with PyTorch 1.13 (Debian 12: python3-torch). One file an optimizer: "x" and "y", the weights after 5 steps ("before.0.weight" ...)
and after 10 ("after.0.weight" ...), and the state after 5 as src/NativeOpt/Files/README.md says it is written.
"""
import importlib
import inspect

import torch

from safetensors_format import write_safetensors

# PyTorch 1.13 counts the momentum of a step twice; 2.0 has corrected that.
_nadam = importlib.import_module("torch.optim.nadam")
_source = inspect.getsource(_nadam._single_tensor_nadam)
_corrected = _source.replace("mu_product * mu * mu_next", "mu_product * mu_next")
assert _corrected != _source
exec(_corrected, vars(_nadam))


def weights(prefix, module):
    return {f"{prefix}.{name}": tensor.clone() for name, tensor in module.state_dict().items()}


def step(module, optimizer, x, y):
    optimizer.zero_grad()
    torch.nn.functional.mse_loss(module(x), y).backward()
    optimizer.step()


def main():
    optim = torch.optim
    optimizers = {
        "momentum": lambda p: optim.SGD(p, lr=0.1, momentum=0.9, dampening=0.2),
        "nesterov": lambda p: optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
        "adam": lambda p: optim.Adam(p, lr=0.02),
        "amsgrad": lambda p: optim.Adam(p, lr=0.02, amsgrad=True),
        "adamw": lambda p: optim.AdamW(p, lr=0.02, weight_decay=0.1),
        "nadam": lambda p: optim.NAdam(p, lr=0.02),
        "radam": lambda p: optim.RAdam(p, lr=0.02),
        "adamax": lambda p: optim.Adamax(p, lr=0.02),
        "adagrad": lambda p: optim.Adagrad(p, lr=0.1, lr_decay=0.1),
        "adadelta": lambda p: optim.Adadelta(p, lr=1.0),
        "rmsprop": lambda p: optim.RMSprop(p, lr=0.01, momentum=0.5, centered=True),
        "rprop": lambda p: optim.Rprop(p, lr=0.01),
        "asgd": lambda p: optim.ASGD(p, lr=0.1, lambd=0.1, t0=2),
    }
    for name, create in optimizers.items():
        torch.manual_seed(3)
        module = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2))
        x, y = torch.randn(6, 4), torch.randn(6, 2)
        optimizer = create(module.parameters())
        for _ in range(5):
            step(module, optimizer, x, y)
        tensors = {"x": x, "y": y, **weights("before", module)}
        state = optimizer.state_dict()["state"]
        tensors |= {f"state.{index}.{key}": torch.as_tensor(value).clone()
                    for index, slots in state.items() for key, value in slots.items() if value is not None}
        for _ in range(5):
            step(module, optimizer, x, y)
        write_safetensors(f"torch_{name}.safetensors", tensors | weights("after", module))


main()
