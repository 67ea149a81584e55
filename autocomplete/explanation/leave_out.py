"""What a text's parts are good for: each is left out in turn, and the LSTM is asked again."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from autocomplete.model.runtime import Floats, Runtime, States
from autocomplete.predict.reader import Snapshot


def leave_out(
    runtime: Runtime,
    before: Snapshot,
    parts: Sequence[Sequence[int]],
    spellings: Sequence[Sequence[int]],
    check: Callable[[], None],
) -> NDArray[np.float64]:
    """Log₂-probability of each spelling behind all of `parts`, and behind all but one: (1 + parts, spellings).

    before: the model behind what stands before the parts. Row 0 is the whole text, row 1 + n lacks part n. All are
    read at once: a batch that one text joins at each part. `check` is called at each step and may raise.
    """
    projected, states = before.projected[None], before.states
    for tokens in parts:
        without = projected[:1], states.take([0])
        projected, states = _read(runtime, projected, states, tokens, check)
        projected = np.concatenate([projected, without[0]])
        states = States.stack([states, without[1]])
    logs = np.zeros((len(parts) + 1, len(spellings)))
    for column, spelling in enumerate(spellings):
        row, after = projected, states
        check()
        for place, token in enumerate(spelling):
            if place:
                row, after = _read(runtime, row, after, spelling[place - 1 : place], check)
            logs[:, column] += runtime.log_probabilities(row)[:, token]
    logs /= np.log(2)
    return logs


def _read(
    runtime: Runtime, projected: Floats, states: States, tokens: Sequence[int], check: Callable[[], None]
) -> tuple[Floats, States]:
    """Read the same tokens behind all texts of a batch."""
    for token in tokens:
        check()
        projected, states = runtime.step(np.full(len(projected), token), states)
    return projected, states
