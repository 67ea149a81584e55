"""A small sample of the text a model was trained on, shipped with it.

Who trains the model on with text of their own reads some of this in between, so that it forgets little of the
language; the part set aside shows how much it does forget.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from autocomplete.errors import ModelError
from autocomplete.model.bundle import SAMPLE, Bundle

Tokens = NDArray[np.uint16]


@dataclass(frozen=True)
class Sample:
    """Documents as token ids, each begun by the id of a document's start. `held_out` is never trained on."""

    replay: Tokens
    held_out: Tokens

    @classmethod
    def load(cls, bundle: Bundle) -> "Sample | None":
        """The sample of a bundle; None where it has none. Raises `ModelError` for a damaged one."""
        if not bundle.has(SAMPLE):
            return None
        try:
            tensors = load(bundle.read(SAMPLE))
            sample = cls(tensors["replay"], tensors["held_out"])
            for tokens in (sample.replay, sample.held_out):
                if tokens.ndim != 1 or tokens.dtype != np.uint16 or tokens.max(initial=0) >= bundle.config.vocabulary:
                    raise ValueError("it holds no pieces of this model")
        except (SafetensorError, KeyError, ValueError) as error:
            raise ModelError(f"{bundle.folder / SAMPLE} cannot be read ({error}); install the model again.") from error
        return sample

    def as_bytes(self) -> bytes:
        """The file's content."""
        return save({"replay": self.replay, "held_out": self.held_out})
