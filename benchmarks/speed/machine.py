"""What a run was measured on."""

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_TELLING = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")


def machine() -> dict[str, str]:
    """The processor, what it multiplies with, the versions of what was measured, and how busy it was."""
    found = {"date": datetime.now(UTC).date().isoformat(), "processor": platform.processor() or platform.machine()}
    details = Path("/proc/cpuinfo")
    if details.exists():
        fields = dict(re.findall(r"^(model name|flags|cache size)\s*: (.*)$", details.read_text(), re.MULTILINE))
        flags = [flag for flag in _TELLING if flag in fields.get("flags", "").split()]
        found["processor"] = f"{fields.get('model name', found['processor'])} ({', '.join(flags) or 'no AVX'})"
    found["cores"] = str(os.cpu_count())
    found["versions"] = f"Python {platform.python_version()}, " + ", ".join(
        f"{name} {version(name)}" for name in ("numpy", "onnxruntime", "torch")
    )
    found["programs running at the start"] = f"{os.getloadavg()[0]:.2f} (load average)"
    return found
