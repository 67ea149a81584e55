"""The torch model as the files the app runs: fp16 weights, the graphs of a step and of what may follow.

The products of a step and the scores behind it, nearly all of the arithmetic of a key, are of 8-bit integers with a
scale a row: a quarter of the bytes to read. In the scores that puts a log-probability off by about 0.01, enough to swap
close neighbours, so the best pieces of a row are computed again in float32.

A row is quantized by itself: its numbers do not depend on what it is computed together with. The graphs take their
matrices from the weights' file beside them.
"""

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto
from safetensors.numpy import save

from autocomplete.model.bundle import BEGIN, CONTINUE, GATES, STEP, WEIGHTS
from autocomplete.model.config import LSTMConfig
from autocomplete.model.external import External
from autocomplete.model.graph import Graph
from autocomplete.model.lstm import LSTMLanguageModel

_REFINED = 16  # pieces a row computed again in float32
_BLOCK = 32  # pieces searched as one

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]


def export(model: LSTMLanguageModel, starting: Ids, continuing: Ids) -> dict[str, bytes]:
    """The model's files of a bundle, by name. The same weights give the same bytes.

    starting, continuing: the pieces that begin a word and those that go on with one, in the order in which the runtime
    is to give their probabilities.
    """
    tensors = {name: value.detach().float().cpu().numpy() for name, value in model.state_dict().items()}
    weights = save(
        {name: value.astype(np.float16) for name, value in tensors.items()}
        | {"starting": starting.astype(np.uint16), "continuing": continuing.astype(np.uint16)}
    )
    external = External(WEIGHTS, weights)
    return {
        WEIGHTS: weights,
        GATES: _gates(tensors, external, model.config),
        STEP: _step(tensors, external, model.config),
        BEGIN: _score(tensors, external, starting),
        CONTINUE: _score(tensors, external, continuing),
    }


def _gates(tensors: dict[str, Floats], external: External, config: LSTMConfig) -> bytes:
    """x (B, embedding) → its share in the first layer's gates, W x + b: (B, 4 hidden).

    Always the same for a token, so the runtime remembers it: a third of a step is saved.
    """
    graph = Graph(external)
    gates = graph.linear(graph.input("x", "B", config.embedding), graph.stored("lstm.weight_ih_l0"))
    gates = graph.add("Add", gates, graph.constant(_bias(tensors, 0)))
    return graph.model(gates=(gates, ["B", 4 * config.hidden]))


def _step(tensors: dict[str, Floats], external: External, config: LSTMConfig) -> bytes:
    """gates (B, 4 hidden), h (layers, B, shown) and c (layers, B, hidden) → projected (B, embedding), next h and c."""
    graph = Graph(external)
    layers = config.layers
    h_shape: list[str | int] = [layers, "B", config.shown]
    c_shape: list[str | int] = [layers, "B", config.hidden]
    share = graph.input("gates", "B", 4 * config.hidden)
    h_before = _unstack(graph, graph.input("h", *h_shape), layers)
    c_before = _unstack(graph, graph.input("c", *c_shape), layers)
    h_after: list[str] = []
    c_after: list[str] = []
    for layer in range(layers):
        if layer:
            from_below = graph.integer_linear(h_after[-1], graph.stored(f"lstm.weight_ih_l{layer}"))
            share = graph.add("Add", from_below, graph.constant(_bias(tensors, layer)))
        recurrent = graph.integer_linear(h_before[layer], graph.stored(f"lstm.weight_hh_l{layer}"))
        h, c = _cell(graph, graph.add("Add", recurrent, share), c_before[layer])
        if config.recurrent_projection:
            h = graph.integer_linear(h, graph.stored(f"lstm.weight_hr_l{layer}"))
        h_after.append(h)
        c_after.append(c)
    projected = graph.linear(h_after[-1], graph.stored("projection.weight"))
    projected = graph.add("Add", projected, graph.constant(tensors["projection.bias"]))
    return graph.model(
        projected=(projected, ["B", config.embedding]),
        next_h=(_stack(graph, h_after), h_shape),
        next_c=(_stack(graph, c_after), c_shape),
    )


def _bias(tensors: dict[str, Floats], layer: int) -> Floats:
    """Of a layer's gates (4 hidden): torch has it in two parts."""
    return tensors[f"lstm.bias_ih_l{layer}"] + tensors[f"lstm.bias_hh_l{layer}"]


def _cell(graph: Graph, gates: str, c: str) -> tuple[str, str]:
    """Gates (B, 4 hidden), in torch's order i, f, g, o, and the cell state → what is shown of it, and the next c."""
    i, f, g, o = graph.split("Split", gates, outputs=4, axis=1)
    kept = graph.add("Mul", graph.add("Sigmoid", f), c)
    entered = graph.add("Mul", graph.add("Sigmoid", i), graph.add("Tanh", g))
    c = graph.add("Add", kept, entered)
    return graph.add("Mul", graph.add("Sigmoid", o), graph.add("Tanh", c)), c


def _unstack(graph: Graph, states: str, layers: int) -> list[str]:
    axis = graph.constant([0])
    parts = [states] if layers == 1 else graph.split("Split", states, outputs=layers, axis=0)
    return [graph.add("Squeeze", part, axis) for part in parts]


def _stack(graph: Graph, parts: list[str]) -> str:
    axis = graph.constant([0])
    return graph.add("Concat", *[graph.add("Unsqueeze", part, axis) for part in parts], axis=0)


def _score(tensors: dict[str, Floats], external: External, pieces: Ids) -> bytes:
    """projected (B, embedding) and the fp16 embedding → of each of n pieces, (B, n), how likely it comes next, given
    that one of them does, and that the word ends with it (`ending`) or goes on behind it (`going_on`).

    The embedding is given at each run, without copying: the runtime has it in memory anyway.
    """
    graph = Graph(external)
    vocabulary, width = tensors["embedding.weight"].shape
    projected = graph.input("projected", "B", width)
    embedding = graph.input("embedding", vocabulary, width, kind=TensorProto.FLOAT16)
    bias = graph.constant(tensors["bias"][pieces])
    logits = graph.add("Add", graph.integer_linear(projected, tensors["embedding.weight"][pieces]), bias)
    best = _largest(graph, logits, len(pieces))
    scored = graph.constant(pieces)
    ids = graph.add("Gather", scored, best)
    exact = graph.add("Add", _products(graph, ids, projected, embedding), graph.add("Gather", bias, best))
    logits = graph.add("ScatterElements", logits, best, exact, axis=1)
    likely = graph.add("Softmax", logits, axis=-1)
    query = graph.linear(projected, graph.stored("end_query.weight"))
    query = graph.add("Add", query, graph.constant(tensors["end_query.bias"]))
    ends = graph.linear(query, graph.add("Gather", graph.stored("end_vectors"), scored, axis=0))
    ends = graph.add("Sigmoid", graph.add("Add", ends, graph.constant(tensors["end_bias"][pieces])))
    ending = graph.add("Mul", likely, ends)
    shape: list[str | int] = ["B", len(pieces)]
    return graph.model(ending=(ending, shape), going_on=(graph.add("Sub", likely, ending), shape))


def _products(graph: Graph, pieces: str, projected: str, embedding: str) -> str:
    """The products of each row of `projected` with the vectors of its own few pieces (B, n), in float32."""
    last = graph.constant([2])
    vectors = graph.add("Cast", graph.add("Gather", embedding, pieces), to=TensorProto.FLOAT)
    products = graph.add("MatMul", vectors, graph.add("Unsqueeze", projected, last))
    return graph.add("Squeeze", products, last)


def _largest(graph: Graph, logits: str, size: int) -> str:
    """Where the `_REFINED` largest numbers of each row (B, size) are, in any order.

    They lie in the blocks with the largest maxima: three times faster than searching everything.
    """
    block = max(width for width in range(1, _BLOCK + 1) if size % width == 0)
    count = min(_REFINED, size // block)
    cut = graph.add("Reshape", logits, graph.constant([0, size // block, block]))
    blocks = _top(graph, graph.add("ReduceMax", cut, axes=[2], keepdims=0), count)
    first = graph.add("Unsqueeze", graph.add("Mul", blocks, graph.constant(block)), graph.constant([2]))
    inside = graph.add("Add", first, graph.constant(np.arange(block)))
    places = graph.add("Reshape", inside, graph.constant([0, count * block]))
    candidates = graph.add("GatherElements", logits, places, axis=1)
    best = _top(graph, candidates, min(_REFINED, count * block))
    return graph.add("GatherElements", places, best, axis=1)


def _top(graph: Graph, numbers: str, count: int) -> str:
    limit = graph.constant([count])
    return graph.split("TopK", numbers, limit, outputs=2, axis=-1, sorted=0)[1]
