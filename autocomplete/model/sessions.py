"""Opens the graphs of a model in ONNX Runtime, and tries them: what cannot be run is refused before it is needed."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from autocomplete.errors import ModelError, brief
from autocomplete.model.bundle import Bundle
from autocomplete.model.graph_check import check_graph
from autocomplete.model.onnx_runtime import errors, ort

Floats = NDArray[np.float32]
Shape = tuple[str | int, ...]

TRIED = 2  # texts that each graph is tried with
_UNREADABLE = (
    errors.Fail,
    errors.InvalidArgument,
    errors.InvalidGraph,
    errors.InvalidProtobuf,
    errors.NoSuchFile,
    errors.NotImplemented,
    errors.RuntimeException,
    MemoryError,
    ValueError,
)


def open_graph(
    bundle: Bundle,
    name: str,
    matrices: Mapping[str, NDArray[np.float16]],
    inputs: Mapping[str, Shape],
    outputs: Mapping[str, Shape],
) -> ort.InferenceSession:
    """A graph of the bundle with these inputs and outputs; `ModelError` for any other, and for what is none.

    matrices: what it may take from the weights' file; a graph of format 2 holds its own.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what is wrong with a graph is said by us
    # Costs no time here, and memory of a large batch is given back.
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    content = bundle.read(name)
    try:
        taken = check_graph(content, matrices)
    except ValueError as error:
        raise ModelError(
            f"{bundle.where(name)} is not a model graph that can be run ({brief(error)}); install the model again."
        ) from error
    try:
        values = [ort.OrtValue.ortvalue_from_numpy(matrices[matrix]) for matrix in taken]
        options.add_external_initializers(taken, values)
        graph = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        takes = {value.name: tuple(value.shape) for value in graph.get_inputs()}
        gives = [(value.name, tuple(value.shape)) for value in graph.get_outputs()]
    except _UNREADABLE as error:
        raise _unusable(bundle, name) from error
    if takes != inputs or gives != list(outputs.items()):  # outputs are told apart by their order
        raise misfit(bundle, name)
    return graph


def try_graph(bundle: Bundle, name: str, graph: ort.InferenceSession, **feed: NDArray[np.generic]) -> list[Floats]:
    """The outputs of a graph for `TRIED` texts; `ModelError` unless they have the shapes it tells, and are finite."""
    try:
        results: list[Floats] = graph.run(None, feed)
    except _UNREADABLE as error:
        raise _unusable(bundle, name) from error
    for output, result in zip(graph.get_outputs(), results, strict=True):
        wanted = tuple(TRIED if length == "B" else length for length in output.shape)
        if result.dtype != np.float32 or result.shape != wanted or not np.isfinite(result).all():
            raise misfit(bundle, name)
    return results


def _unusable(bundle: Bundle, name: str) -> ModelError:
    return ModelError(f"{bundle.where(name)} is not a model graph that can be run; install the model again.")


def misfit(bundle: Bundle, name: str) -> ModelError:
    """What is to be said of a file that is whole, and of another model."""
    return ModelError(f"{bundle.where(name)} does not fit the sizes in config.json; install the model again.")
