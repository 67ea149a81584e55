"""Each library with native code, alone: importing it opens no socket, changes no file and starts no program.

With nothing of ours around it, so that what we tell it (or forget to) makes no difference.
"""

import sys
from pathlib import Path

import pytest

from tests.offline.conftest import needs_strace
from tests.traced import ProfileFolder, Trace

pytestmark = needs_strace


@pytest.mark.parametrize(
    "used",
    [
        "numpy",
        "onnx",
        "onnxruntime",
        "pypdf",
        "regex",
        "safetensors.numpy",
        "sentencepiece",
        "torch",
        "zstandard",
        "cryptography.hazmat.primitives.ciphers.aead, cryptography.hazmat.primitives.kdf.scrypt",
        "PySide6.QtWidgets, PySide6.QtTest",
    ],
)
def test_a_library_does_nothing_but_load(home: ProfileFolder, used: str) -> None:
    assert home.python("-c", f"import {used}") == Trace(programs={Path(sys.executable).name})
