"""The torch model as the files the app runs: fp16 weights, the graphs of a step and of what may follow.

The output matrix, most of the arithmetic of a key, is of 8-bit integers with a scale a piece. That
puts a log-probability off by about 0.01, enough to swap close neighbours, so the best pieces of a
row are computed again in float32. The recurrent matrices stay float32: their errors would add up
over a text and cost one top three in a hundred, for a tenth of a key's time.

A row is quantized by itself: its numbers do not depend on what it is computed together with.
"""

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto
from safetensors.numpy import save

from autocomplete.model.bundle import BEGIN, CONTINUE, GATES, STEP, WEIGHTS
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
    return {
        WEIGHTS: save(
            {name: value.astype(np.float16) for name, value in tensors.items()}
            | {"starting": starting.astype(np.uint16), "continuing": continuing.astype(np.uint16)}
        ),
        GATES: _gates(tensors),
        STEP: _step(tensors, model.config.layers),
        BEGIN: _score(tensors, starting),
        CONTINUE: _score(tensors, continuing),
    }


def _gates(tensors: dict[str, Floats]) -> bytes:
    """x (B, embedding) → its share in the first layer's gates, W x + b: (B, 4 hidden).

    Always the same for a token, so the runtime remembers it: a third of a step is saved.
    """
    graph = Graph()
    size, embedding = tensors["lstm.weight_ih_l0"].shape
    gates = graph.linear(graph.input("x", "B", embedding), tensors["lstm.weight_ih_l0"])
    bias = tensors["lstm.bias_ih_l0"] + tensors["lstm.bias_hh_l0"]
    return graph.model(gates=(graph.add("Add", gates, graph.constant(bias)), ["B", size]))


def _step(tensors: dict[str, Floats], layers: int) -> bytes:
    """gates (B, 4 hidden), h and c (layers, B, hidden) → projected (B, embedding), next h and c."""
    graph = Graph()
    embedding, hidden = tensors["projection.weight"].shape
    state: list[str | int] = [layers, "B", hidden]
    share = graph.input("gates", "B", 4 * hidden)
    h_before = _unstack(graph, graph.input("h", *state), layers)
    c_before = _unstack(graph, graph.input("c", *state), layers)
    h_after: list[str] = []
    c_after: list[str] = []
    for layer in range(layers):
        if layer:
            bias = tensors[f"lstm.bias_ih_l{layer}"] + tensors[f"lstm.bias_hh_l{layer}"]
            from_below = graph.linear(h_after[-1], tensors[f"lstm.weight_ih_l{layer}"])
            share = graph.add("Add", from_below, graph.constant(bias))
        recurrent = graph.linear(h_before[layer], tensors[f"lstm.weight_hh_l{layer}"])
        h, c = _cell(graph, graph.add("Add", recurrent, share), c_before[layer])
        h_after.append(h)
        c_after.append(c)
    projected = graph.linear(h_after[-1], tensors["projection.weight"])
    projected = graph.add("Add", projected, graph.constant(tensors["projection.bias"]))
    return graph.model(
        projected=(projected, ["B", embedding]),
        next_h=(_stack(graph, h_after), state),
        next_c=(_stack(graph, c_after), state),
    )


def _cell(graph: Graph, gates: str, c: str) -> tuple[str, str]:
    """Gates (B, 4 hidden), in torch's order i, f, g, o, and the cell state → the next h and c."""
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


def _score(tensors: dict[str, Floats], pieces: Ids) -> bytes:
    """projected (B, embedding) and the fp16 embedding → of each of n pieces, (B, n), how likely it comes next, given
    that one of them does, and that the word ends with it (`ending`) or goes on behind it (`going_on`).

    The embedding is given at each run, without copying: the runtime has it in memory anyway.
    """
    graph = Graph()
    vocabulary, width = tensors["embedding.weight"].shape
    projected = graph.input("projected", "B", width)
    embedding = graph.input("embedding", vocabulary, width, kind=TensorProto.FLOAT16)
    bias = graph.constant(tensors["bias"][pieces])
    logits = graph.add("Add", graph.integer_linear(projected, tensors["embedding.weight"][pieces]), bias)
    best = _largest(graph, logits, len(pieces))
    ids = graph.add("Gather", graph.constant(pieces), best)
    exact = graph.add("Add", _products(graph, ids, projected, embedding), graph.add("Gather", bias, best))
    logits = graph.add("ScatterElements", logits, best, exact, axis=1)
    likely = graph.add("Softmax", logits, axis=-1)
    query = graph.linear(projected, tensors["end_query.weight"])
    query = graph.add("Add", query, graph.constant(tensors["end_query.bias"]))
    ends = graph.linear(query, tensors["end_vectors"][pieces])
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
