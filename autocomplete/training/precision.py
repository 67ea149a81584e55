"""Which number format a machine computes fastest in."""

import time

import torch

_WORTH_IT = 1.2  # rounding costs a little quality, and two timings of a busy machine differ


def fastest_dtype(device: torch.device, hidden: int = 512) -> torch.dtype:
    """bfloat16 where the device multiplies it clearly faster than float32, else float32.

    On a processor it is timed, not guessed: some accept bfloat16 and emulate it slowly, those with
    AMX or AVX-512 bf16 do not.
    """
    if device.type == "cuda":
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
        return torch.bfloat16 if fast else torch.float32
    try:
        fast = _seconds(torch.bfloat16, hidden) * _WORTH_IT < _seconds(torch.float32, hidden)
    except RuntimeError:  # this processor has no bfloat16 product at all
        return torch.float32
    return torch.bfloat16 if fast else torch.float32


def _seconds(dtype: torch.dtype, hidden: int) -> float:
    """The best time of a step's product; the best, since other programs only ever add to it."""
    a, b = torch.randn(64, hidden).to(dtype), torch.randn(hidden, 4 * hidden).to(dtype)
    times = []
    for _ in range(10):
        start = time.perf_counter()
        a @ b
        times.append(time.perf_counter() - start)
    return min(times)
