"""Which number format a machine computes fastest in."""

import time

import torch

_WORTH_IT = 1.2  # rounding costs a little quality, and two timings of a busy machine differ
_HOPELESS = 10.0
_TIMINGS = 8


def fastest_dtype(device: torch.device, hidden: int = 512) -> torch.dtype:
    """bfloat16 where the device multiplies it clearly faster than float32, else float32.

    On a processor it is timed, not guessed: some accept bfloat16 and emulate it slowly, those with
    AMX or AVX-512 bf16 do not.
    """
    if device.type == "cuda":
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
        return torch.bfloat16 if fast else torch.float32
    # The best time of each counts, since other programs only ever add to it.
    plain = min(_seconds(torch.float32, hidden) for _ in range(_TIMINGS))
    best = float("inf")
    for _ in range(_TIMINGS):
        try:
            best = min(best, _seconds(torch.bfloat16, hidden))
        except RuntimeError:  # this processor has no bfloat16 product at all
            break
        if best > _HOPELESS * plain:
            break
    return torch.bfloat16 if best * _WORTH_IT < plain else torch.float32


def _seconds(dtype: torch.dtype, hidden: int) -> float:
    """The time of one step's product."""
    a, b = torch.ones(48, hidden, dtype=dtype), torch.ones(hidden, 4 * hidden, dtype=dtype)
    start = time.perf_counter()
    a @ b
    return time.perf_counter() - start
