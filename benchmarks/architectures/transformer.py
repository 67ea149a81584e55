"""A small causal transformer with a key/value cache: nothing is overwritten, every earlier token is looked at again.

Pre-norm blocks (Xiong et al. 2020) of attention (Vaswani et al. 2017) and a feed-forward layer; positions are
rotations of queries and keys (Su et al. 2021), so that a cache may slide. A token sees the `context` last tokens,
itself included: what lies further back is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from benchmarks.architectures.network import Network

_ROOM = 64  # tokens more than needed that a cache makes room for, at least
Past = tuple[Tensor, Tensor, int]  # keys and values (layers, B, heads, n, size), tokens read before


class _Block(nn.Module):
    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention, self.before_forward = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.forward_in, self.forward_out = nn.Linear(width, inner), nn.Linear(inner, width)

    def project(self, x: Tensor, rotation: tuple[Tensor, Tensor]) -> list[Tensor]:
        """x (B, T, width) → queries, keys and values (B, heads, T, size), the first two rotated."""
        parts = self.attention(self.before_attention(x)).chunk(3, dim=-1)
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts)
        return [_rotate(q, rotation), _rotate(k, rotation), v]

    def finish(self, x: Tensor, seen: Tensor) -> Tensor:
        """What was seen (B, heads, T, size) added to x (B, T, width), and the feed-forward layer."""
        x = x + self.out(seen.transpose(1, 2).flatten(2))
        return x + self.forward_out(nn.functional.gelu(self.forward_in(self.before_forward(x))))


@dataclass(eq=False)
class _Buffer:
    """Keys and values (2, layers, heads, room, size) of one text; `used`: how many places are written."""

    tensor: Tensor
    used: int


@dataclass(frozen=True, eq=False)
class Cache:
    """What is kept of one text: `length` places of a buffer, behind `read` tokens.

    Texts that go on from the same place share the buffer until the second of them writes.
    """

    buffer: _Buffer
    length: int
    read: int


class Transformer(Network):
    """See the module. `context`: tokens a token sees, itself included; may be changed for prediction."""

    name = "transformer"

    def __init__(
        self, vocabulary: int, width: int, inner_width: int, forward: int, layers: int, heads: int, context: int
    ) -> None:
        super().__init__(vocabulary, width)
        self.heads, self.size, self.context = heads, inner_width // heads, context
        self.widen = nn.Linear(width, inner_width)
        self.blocks = nn.ModuleList(_Block(inner_width, forward, heads) for _ in range(layers))
        self.last_norm = nn.LayerNorm(inner_width)
        self.projection = nn.Linear(inner_width, width)
        for block in self.blocks:  # so that the sum of all blocks is no larger than one (Radford et al. 2019)
            for out in (block.out, block.forward_out):
                nn.init.normal_(out.weight, std=(inner_width * 2 * layers) ** -0.5)

    def forward(self, tokens: Tensor, state: Past | None = None) -> tuple[Tensor, Past]:
        """See `Network`."""
        count, batch = tokens.shape
        if state is None:
            nothing = torch.empty(len(self.blocks), batch, self.heads, 0, self.size)
            state = nothing, nothing, 0
        past_keys, past_values, read = state
        places = torch.arange(read, read + count)
        distance = places[:, None] - torch.arange(read - past_keys.shape[3], read + count)
        mask = (distance >= 0) & (distance < self.context)
        rotation = self._rotation(places)
        x = self.widen(self.embedding(tokens.T))
        keys, values = [], []
        for number, block in enumerate(self.blocks):
            q, k, v = block.project(x, rotation)
            k, v = torch.cat([past_keys[number], k], dim=2), torch.cat([past_values[number], v], dim=2)
            x = block.finish(x, nn.functional.scaled_dot_product_attention(q, k, v, mask))
            keys.append(k.detach()[:, :, -self.context :])
            values.append(v.detach()[:, :, -self.context :])
        projected = self.projection(self.last_norm(x)).transpose(0, 1)
        return projected, (torch.stack(keys), torch.stack(values), read + count)

    def for_step(self, state: Past) -> Cache:
        """See `Network`."""
        keys, values, read = state
        buffer = torch.stack([keys[:, 0], values[:, 0]])
        return Cache(_Buffer(buffer, buffer.shape[3]), buffer.shape[3], read)

    def start(self) -> Cache:
        """See `Network`."""
        return Cache(_Buffer(torch.empty(2, len(self.blocks), self.heads, 0, self.size), 0), 0, 0)

    def step(self, tokens: Sequence[int], states: Sequence[Cache]) -> tuple[Tensor, list[Cache]]:
        """See `Network`."""
        after = [self._make_room(cache) for cache in states]
        rotation = self._rotation(torch.tensor([cache.read for cache in states])[:, None, None])
        x = self.widen(self.embedding.weight[list(tokens)])[:, None]
        for number, block in enumerate(self.blocks):
            q, k, v = block.project(x, rotation)
            for row, cache in enumerate(after):
                cache.buffer.tensor[0, number, :, cache.length - 1] = k[row, :, 0]
                cache.buffer.tensor[1, number, :, cache.length - 1] = v[row, :, 0]
            seen = [self._attend(q[row], cache, number) for row, cache in enumerate(after)]
            x = block.finish(x, torch.stack(seen))
        return self.projection(self.last_norm(x))[:, 0], after

    def _attend(self, query: Tensor, cache: Cache, layer: int) -> Tensor:
        """query (heads, 1, size) → what it sees, of the same shape."""
        window = slice(max(0, cache.length - self.context), cache.length)
        keys, values = cache.buffer.tensor[:, layer, :, window]
        return (query @ keys.transpose(1, 2) * self.size**-0.5).softmax(-1) @ values

    def _make_room(self, cache: Cache) -> Cache:
        """The cache with one more place, to be written; the old one's places stay as they are."""
        buffer, length = cache.buffer, cache.length
        if buffer.used != length or length == buffer.tensor.shape[3]:
            keep = min(length, self.context)
            room = keep + max(_ROOM, keep)
            tensor = buffer.tensor.new_empty(*buffer.tensor.shape[:3], room, self.size)
            tensor[:, :, :, :keep] = buffer.tensor[:, :, :, length - keep : length]
            buffer, length = _Buffer(tensor, keep), keep
        buffer.used = length + 1
        return Cache(buffer, length + 1, cache.read + 1)

    def _rotation(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Cosines and sines (…, size / 2) of each place's angles."""
        half = self.size // 2
        angles = places[..., None] * 10_000.0 ** (-torch.arange(half) / half)
        return angles.cos(), angles.sin()


def _rotate(x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
    cos, sin = rotation
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)
