"""ONNX Runtime, silenced: the one place that imports it.

From 1.29 on, its library reports the machine to its maker as soon as it is loaded. pyproject.toml keeps such versions
out; where one is there all the same, this keeps it quiet. The library asks the environment, and only while it loads;
processes started from this one inherit the answer.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as errors

__all__ = ["errors", "ort"]
