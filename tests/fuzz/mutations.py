"""Damages valid files the way accidents and attackers do: strategies of hypothesis for bytes and for JSON."""

import copy
import json
import math
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

# Bytes that parsers stumble over, whatever they read.
NASTY: tuple[bytes, ...] = (
    b"",
    b"\0",
    b"\xff" * 8,
    b"\x7f" + b"\xff" * 7,
    b"\0" * 64,
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\n\n",
    b"-1",
    b"1e300",
    b"inf",
    b"NaN",
    b"9" * 400,
    b"99999-99-99",
    b"0000-00-00",
    b"[" * 2000,
    b'{"a":' * 2000,
    b"<a>" * 2000,
    b'<!DOCTYPE a [<!ENTITY b "c">]>&b;',
    b"(" * 2000,
    b"%s%n",
    b"../../etc/passwd",
)
NASTY_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1 << 62,
    10**300,
    1e300,
    math.nan,
    math.inf,
    -math.inf,
    "",
    "now",
    "\0",
    "\ud800",
    "a" * 100_000,
    "../..",
    [],
    {},
    [[[[[]]]]],
    {"": {"": None}},
)


@st.composite
def mutated(draw: st.DrawFn, examples: Sequence[bytes], nasty: Sequence[bytes] = ()) -> bytes:
    """One of the examples with up to eight faults: bytes changed, cut out, doubled, taken from another example, and
    nasty ones put in, `nasty` besides those that are nasty everywhere."""
    content = draw(st.sampled_from(examples))
    for _ in range(draw(st.integers(1, 8))):
        begin = draw(st.integers(0, len(content)))
        end = draw(st.integers(begin, min(len(content), begin + draw(st.sampled_from((1, 4, 64, 1 << 20))))))
        new = draw(_replacement(content[begin:end], examples, nasty))
        content = content[:begin] + new + content[end:]
    return content


def _replacement(part: bytes, examples: Sequence[bytes], nasty: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """What takes the place of a part; the more damaging of the ways come last."""
    return st.one_of(
        st.integers(0, 7).map(lambda bit: bytes([part[0] ^ 1 << bit]) + part[1:] if part else b""),
        st.binary(max_size=8),
        st.sampled_from((part * 2, part * 50 if len(part) < 1000 else b"", part[::-1], b"")),
        st.sampled_from((*nasty, *NASTY)),
        st.sampled_from(examples).flatmap(
            lambda other: st.integers(0, len(other)).map(lambda at: other[at : at + max(64, len(part))])
        ),
    )


@st.composite
def overwritten(draw: st.DrawFn, examples: Sequence[bytes]) -> bytes:
    """One of the examples with up to eight bytes of its own changed, and its length kept: frames stay whole."""
    content = bytearray(draw(st.sampled_from(examples)))
    for _ in range(draw(st.integers(1, 8))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content)


@st.composite
def mutated_json(draw: st.DrawFn, example: Any, nasty: Sequence[Any] = ()) -> Any:
    """The value with up to three of its parts, at any depth, replaced by nasty ones, taken away or put in twice."""
    value = copy.deepcopy(example)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(value))
        if not places:
            return draw(st.sampled_from((*nasty, *NASTY_VALUES)))
        holder, key = draw(st.sampled_from(places))
        change = draw(st.sampled_from(("replace", "replace", "remove", "double")))
        if change == "remove":
            del holder[key]
        elif change == "double" and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        else:
            holder[key] = copy.deepcopy(draw(st.sampled_from((*nasty, *NASTY_VALUES))))
    return value


def _places(value: Any) -> Any:
    """Every (list or dict, index or key) inside a value of JSON."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in items:
        yield value, key
        yield from _places(inside)


def as_json(example: Any, nasty: Sequence[Any] = ()) -> st.SearchStrategy[bytes]:
    """The same as the bytes of a file, with NaN and lone surrogates as Python writes them; or damaged as bytes."""
    encode: Callable[[Any], bytes] = lambda value: json.dumps(value).encode()  # noqa: E731
    return st.one_of(mutated_json(example, nasty).map(encode), mutated([encode(example)]))
