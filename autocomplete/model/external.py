"""Where the tensors of a safetensors file lie, so that a graph beside it can take them from there.

That is ONNX's external data: a weight stands on disk once, whoever reads it.
"""

import json
import math
from dataclasses import dataclass

from onnx import TensorProto

_KINDS = {"F16": (TensorProto.FLOAT16, 2)}


@dataclass(frozen=True)
class External:
    """The fp16 tensors in `content`, a safetensors file that will lie beside the graph under the name `file`."""

    file: str
    content: bytes

    def tensor(self, name: str) -> TensorProto:
        """The tensor of that name without its numbers: they are in the file. KeyError if there is none of fp16."""
        size = int.from_bytes(self.content[:8], "little")
        entry = json.loads(self.content[8 : 8 + size])[name]
        kind, width = _KINDS[entry["dtype"]]
        tensor = TensorProto(name=name, data_type=kind, dims=entry["shape"], data_location=TensorProto.EXTERNAL)
        begin, _ = entry["data_offsets"]
        length = width * math.prod(entry["shape"])
        for key, value in (("location", self.file), ("offset", 8 + size + begin), ("length", length)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor
