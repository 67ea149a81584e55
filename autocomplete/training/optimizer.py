"""The optimizer that trains a model and fine-tunes it."""

import os
import sys

import torch
from torch import nn


def adamw(model: nn.Module, rate: float, weight_decay: float) -> torch.optim.AdamW:
    """AdamW over all weights of `model`, from rest."""
    # torch's compiler comes with it, though nothing is compiled: it would ask the system who the user is, and leave a
    # folder of that name among the temporary ones. Told of a folder that is there already, it does neither.
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", sys.prefix)
    # Fused: all of an update in one pass over the weights.
    return torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.99), weight_decay=weight_decay, fused=True)
