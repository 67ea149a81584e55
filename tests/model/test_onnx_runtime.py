"""ONNX Runtime is told to report nothing before its library is loaded: afterwards is too late."""

import os
import subprocess
import sys

import pytest

# Prints what the library would be told, at the moment when it is imported.
WATCHED = """
import os, sys

def watch(event, arguments):
    if event == "import" and arguments[0] == "onnxruntime":
        print("told", os.environ.get("ORT_DISABLE_TELEMETRY"))

sys.addaudithook(watch)
import autocomplete.model.runtime
"""


@pytest.mark.parametrize("before", [{}, {"ORT_DISABLE_TELEMETRY": "0"}])
def test_the_library_finds_its_telemetry_off_when_it_is_imported(before: dict[str, str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    told = subprocess.check_output([sys.executable, "-c", WATCHED], env=environment | before, text=True)
    assert set(told.splitlines()) == {"told 1"}
