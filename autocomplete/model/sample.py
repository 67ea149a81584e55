"""A small sample of the text a model was trained on, shipped with it.

Who trains the model on with text of their own reads some of this in between, so that it forgets little of the
language; the part set aside shows how much it does forget.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from autocomplete.errors import ModelError, brief
from autocomplete.model.bundle import SAMPLE, Bundle
from autocomplete.model.tensors import UNREADABLE, check_below, expect

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
            replay, held_out = (expect(tensors, name, np.uint16, None) for name in ("replay", "held_out"))
            for name, tokens in (("replay", replay), ("held_out", held_out)):
                check_below(name, tokens, bundle.config.vocabulary)
        except UNREADABLE as error:
            raise ModelError(
                f"{bundle.folder / SAMPLE} cannot be read ({brief(error)}); install the model again."
            ) from error
        return cls(replay, held_out)

    def as_bytes(self) -> bytes:
        """The file's content."""
        return save({"replay": self.replay, "held_out": self.held_out})
