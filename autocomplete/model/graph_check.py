"""Looks at a model's graph before ONNX Runtime does: it may hold arithmetic, and nothing that goes on without end.

ONNX knows loops, tensors in any file, and functions that are written in the graph's own. What we export needs none of
them, so that a graph with one was not exported by us. The file is a protocol buffer; only its frame is read.
"""

from collections.abc import Container, Iterator

# What `export` uses. None of these loops, and none makes more of little than a product does.
_OPERATIONS = frozenset(
    b"""Abs Add Cast Concat Div Gather GatherElements Identity MatMul MatMulInteger Max Mul QuantizeLinear ReduceMax
    Reshape Round ScatterElements Sigmoid Softmax Split Squeeze Sub Tanh TopK Transpose Unsqueeze""".split()
)
_MOST_NODES = 2_000

# Numbers of fields in onnx.proto. Of a message only these may be there.
_MODEL = {"ir_version": 1, "producer": 2, "producer_version": 3, "graph": 7, "opset": 8}
_GRAPH = {"node": 1, "name": 2, "constant": 5, "input": 11, "output": 12}
_NODE = {"input": 1, "output": 2, "name": 3, "operation": 4, "attribute": 5, "domain": 7}
_ATTRIBUTE = {"name": 1, "float": 2, "int": 3, "text": 4, "ints": 8, "type": 20}
_TENSOR = {"dims": 1, "type": 2, "name": 8, "content": 9, "place": 13, "is_elsewhere": 14}
_ELSEWHERE = (_TENSOR["place"], _TENSOR["is_elsewhere"])

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5


def check_graph(content: bytes, given: Container[str]) -> list[str]:
    """The names of the tensors that the graph does not hold itself, all of them among `given`.

    Raises `ValueError` for a graph that `export` cannot have written.
    """
    elsewhere: list[str] = []
    nodes = 0
    for graph in _inside(memoryview(content), _MODEL, "graph"):
        for constant in _inside(graph, _GRAPH, "constant"):
            names = [str(name, "utf-8") for name in _inside(constant, _TENSOR, "name")]
            if any(number in _ELSEWHERE for number, _ in _fields(constant)):
                if len(names) != 1 or names[0] not in given:
                    raise ValueError("it takes what the weights do not hold from a file")
                elsewhere += names
        for node in _inside(graph, _GRAPH, "node"):
            nodes += 1
            _check_node(node)
    if not 0 < nodes <= _MOST_NODES:
        raise ValueError(f"it has {nodes} operations")
    return elsewhere


def _check_node(node: memoryview) -> None:
    for operation in _inside(node, _NODE, "operation"):
        if bytes(operation) not in _OPERATIONS:
            raise ValueError(f"it holds the operation {str(operation[:40], 'utf-8', 'replace')}")
    if any(_inside(node, _NODE, "domain")):
        raise ValueError("it holds an operation that is not of ONNX")
    for attribute in _inside(node, _NODE, "attribute"):
        list(_inside(attribute, _ATTRIBUTE, "name"))


def _inside(message: memoryview, known: dict[str, int], name: str) -> Iterator[memoryview]:
    """The parts of that name; ValueError when the message has a part that is not known."""
    numbers = known.values()
    for number, part in _fields(message):
        if number not in numbers:
            raise ValueError(f"it has a part {number} that none of ours has")
        if number == known[name]:
            if part is None:
                raise ValueError("it is damaged")
            yield part


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview | None]]:
    """The number of each field, and its content; None for a number."""
    at, end = 0, len(message)
    while at < end:
        key, at = _varint(message, at)
        kind = key & 7
        size = 0
        if kind == _VARINT:
            _, at = _varint(message, at)
        elif kind == _BYTES:
            size, at = _varint(message, at)
        elif kind in (_EIGHT, _FOUR):
            at += 8 if kind == _EIGHT else 4
        else:
            raise ValueError("it is damaged")
        if at + size > end:
            raise ValueError("it is cut off")
        yield key >> 3, message[at : at + size] if kind == _BYTES else None
        at += size


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, the lowest first, and where it ends."""
    value = shift = 0
    while True:
        if at >= len(message) or shift > 63:
            raise ValueError("it is cut off")
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            return value, at
