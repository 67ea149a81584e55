"""The weights of a bundle, checked against the sizes in its description."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from autocomplete.errors import ModelError, brief
from autocomplete.model.bundle import WEIGHTS, Bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.model.tensors import UNREADABLE, check_finite, expect

STARTING, CONTINUING = "starting", "continuing"


def weight_shapes(config: LSTMConfig) -> dict[str, tuple[int, ...]]:
    """The shape of each parameter, under the names that torch gives them."""
    vocabulary, embedding, ends = config.vocabulary, config.embedding, config.ends
    gates, shown = 4 * config.hidden, config.shown
    shapes: dict[str, tuple[int, ...]] = {
        "embedding.weight": (vocabulary, embedding),
        "bias": (vocabulary,),
        "projection.weight": (embedding, shown),
        "projection.bias": (embedding,),
        "end_query.weight": (ends, embedding),
        "end_query.bias": (ends,),
        "end_vectors": (vocabulary, ends),
        "end_bias": (vocabulary,),
    }
    for layer in range(config.layers):
        shapes[f"lstm.weight_ih_l{layer}"] = (gates, shown if layer else embedding)
        shapes[f"lstm.weight_hh_l{layer}"] = (gates, shown)
        shapes[f"lstm.bias_ih_l{layer}"] = shapes[f"lstm.bias_hh_l{layer}"] = (gates,)
        if config.recurrent_projection:
            shapes[f"lstm.weight_hr_l{layer}"] = (shown, config.hidden)
    return shapes


def read_weights(bundle: Bundle) -> dict[str, NDArray[Any]]:
    """The parameters in float16, and the ids of the `STARTING` and the `CONTINUING` pieces in uint16.

    Raises `ModelError` for a damaged file, one of other sizes, and numbers that are none.
    """
    try:
        tensors = load(bundle.read(WEIGHTS))
        for name, shape in weight_shapes(bundle.config).items():
            check_finite(name, expect(tensors, name, np.float16, *shape))
        for name in (STARTING, CONTINUING):
            expect(tensors, name, np.uint16, None)
    except ValueError as error:
        raise ModelError(
            f"{bundle.where(WEIGHTS)} does not fit the sizes in config.json ({brief(error)}); install the model again."
        ) from error
    except UNREADABLE as error:
        raise ModelError(
            f"{bundle.where(WEIGHTS)} does not hold the weights ({brief(error)}); install the model again."
        ) from error
    return tensors
