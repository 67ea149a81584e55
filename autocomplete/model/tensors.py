"""What a file of tensors must hold, said before it is used: a wrong shape would otherwise be met at some later key."""

import zlib
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray
from safetensors import SafetensorError

# What reading a damaged or foreign file of tensors raises, in the libraries (AttributeError: a kind of number that
# numpy does not know) or in our checks.
UNREADABLE = (SafetensorError, OSError, KeyError, TypeError, ValueError, AttributeError, OverflowError, zlib.error)

_EXPONENT = 0x7C00  # of a 16-bit float; all ones where it is infinite or no number

Tensors = dict[str, NDArray[Any]]


def expect(tensors: Tensors, name: str, kind: DTypeLike, *shape: int | None) -> NDArray[Any]:
    """The tensor of that name; `ValueError` unless it has the kind and the shape. None stands for any length."""
    if name not in tensors:
        raise ValueError(f"it has no {name}")
    found = tensors[name]
    fits = found.ndim == len(shape) and all(
        wanted is None or length == wanted for length, wanted in zip(found.shape, shape, strict=True)
    )
    if found.dtype != np.dtype(kind) or not fits:
        wanted = ", ".join("…" if length is None else str(length) for length in shape)
        raise ValueError(f"its {name} is {found.dtype} {found.shape} instead of {np.dtype(kind)} ({wanted})")
    return found


def check_finite(name: str, numbers: NDArray[Any]) -> None:
    """Raises `ValueError` when one of the numbers is infinite or none."""
    if numbers.dtype == np.float16:  # several times faster on the bits than numpy's own
        finite = not numbers.size or int((numbers.view(np.uint16) & _EXPONENT).max()) < _EXPONENT
    else:
        finite = bool(np.isfinite(numbers).all())
    if not finite:
        raise ValueError(f"its {name} holds what is not a number")


def check_offsets(name: str, offsets: NDArray[Any], end: int) -> None:
    """Raises `ValueError` unless the offsets go from 0 to `end` and never back."""
    if not len(offsets) or offsets[0] != 0 or offsets[-1] != end or bool((offsets[1:] < offsets[:-1]).any()):
        raise ValueError(f"its {name} are out of order")


def check_below(name: str, ids: NDArray[Any], limit: int) -> None:
    """Raises `ValueError` unless all ids are smaller than `limit`."""
    if ids.size and int(ids.max()) >= limit:
        raise ValueError(f"its {name} hold {int(ids.max())}, and there are only {limit}")
