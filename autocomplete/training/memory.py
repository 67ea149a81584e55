"""Whether a training fits into the memory of this machine, before hours go into its first stages."""

import os

from autocomplete.errors import TrainingOptionError
from autocomplete.training.recipe import Recipe

_NUMBER = 4  # bytes
_KEPT_OF_A_WEIGHT = 4  # itself, its gradient and the two means of Adam
_KEPT_OF_A_UNIT = 6  # the four gates, h and c, for the way back


def check_memory(recipe: Recipe) -> None:
    """Raise `TrainingOptionError` if the weights and one update surely take more than this machine has."""
    there, needed = _memory(), least_memory(recipe)
    if there is not None and needed > there:
        raise TrainingOptionError(
            f"A model of these sizes takes at least {_gigabytes(needed)} of memory to train, and this machine has "
            f"{_gigabytes(there)}; give less for --hidden, --embedding, --layers, --batch or --chunk."
        )


def least_memory(recipe: Recipe) -> int:
    """Bytes that training takes at least: the weights with what their optimizer keeps, and the text of one update."""
    config = recipe.config(recipe.pieces)
    options = recipe.training
    scored = options.samples or recipe.pieces
    for_each_token = _KEPT_OF_A_UNIT * recipe.hidden * recipe.layers + recipe.embedding + scored
    return _NUMBER * (_KEPT_OF_A_WEIGHT * config.parameters + for_each_token * options.tokens)


def _memory() -> int | None:
    """Bytes of this machine's memory; None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


def _gigabytes(size: int) -> str:
    # Sizes that were typed may have more digits than a float holds.
    return f"{size / 1e9:,.1f} GB" if size < 10**12 else f"{size // 10**9:,} GB"
