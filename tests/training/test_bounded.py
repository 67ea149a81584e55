"""Training reads a corpus of any size in bounded memory: token files are mapped, not loaded."""

import tracemalloc
from collections.abc import Callable

import numpy as np

from autocomplete.training import shards as module
from autocomplete.training.mixture import Source
from autocomplete.training.segments import Segments
from autocomplete.training.shards import Shard, count_pieces, pack


def most_allocated(work: Callable[[], object]) -> int:
    """Bytes that `work` held at most; files mapped into memory are not among them."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_text_is_packed_in_bounded_memory(write_text, tokenizer, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(module, "_FLUSH", 1 << 10)
    sources = {count: Source(write_text(f"{count}.txt", count)) for count in (400, 3200)}
    pack([Source(write_text("first.txt"))], tokenizer, tmp_path / "shards")  # fills the tokenizer's cache
    small, large = (
        most_allocated(lambda count=count: pack([sources[count]], tokenizer, tmp_path / "shards")) for count in sources
    )
    assert large < 1.2 * small


def test_batches_of_a_large_shard_are_read_in_bounded_memory(tmp_path) -> None:
    path = tmp_path / "shard.bin"
    block = np.arange(1 << 19, dtype=np.uint16) % 50 + 1  # 1 begins a document every 50 tokens
    with path.open("wb") as file:
        for _ in range(24):
            file.write(block.astype(np.uint16).tobytes())
    tokens = np.memmap(path, np.uint16, mode="r")
    assert tokens.nbytes == 24 << 20

    def read() -> None:
        shard = Shard(tokens, 1, 1.0)
        count_pieces([shard], 64)
        segments = Segments([shard], bos=1, newline=2, length=512, batch=8, seed=1)
        for number in range(20):
            assert segments.batch(number).shape == (513, 8)

    # Per segment of 512 tokens some tens of bytes, and blocks that are worked on: not the 24 MB.
    assert most_allocated(read) < tokens.nbytes / 2
