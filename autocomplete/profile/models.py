"""The fine-tuned models of a profile: a row each, which says whether the model is in use."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from autocomplete.errors import ProfileError
from autocomplete.profile.model_files import ModelFiles
from autocomplete.profile.store import Store
from autocomplete.profile.timestamps import plausible


@dataclass(frozen=True)
class TunedModel:
    """`created`: seconds since the epoch. `stale`: it learned from something that was forgotten since."""

    id: str
    language: str
    created: float
    report: dict[str, Any]
    active: bool
    stale: bool


def tuned_models(store: Store, language: str) -> list[TunedModel]:
    """The models of a language, oldest first."""
    rows = store.select("models", "name, created, active, stale, content", "language = ?", (language,))
    return [
        TunedModel(name, language, plausible(made), report, bool(on), bool(stale))
        for name, made, on, stale, report in rows
    ]


def add(
    store: Store,
    files: ModelFiles,
    language: str,
    contents: Mapping[str, bytes],
    report: Mapping[str, Any],
    *,
    stale: bool,
    active: bool,
) -> str:
    """Keep a new model, which has learned from all lines there are, whole or not at all; gives its id."""
    name = uuid4().hex[:12]
    files.write(name, contents)
    with store.transaction():
        _add_row(store, name, language, report, stale=stale)
        if active:
            use(store, language, name)
    files.keep(name)
    return name


def remove(store: Store, files: ModelFiles, name: str, afterwards: Callable[[], None]) -> None:
    """Remove a model; `afterwards` belongs to the same transaction. Raises ProfileError if there is none."""
    files.give_up(name)
    try:
        with store.transaction():
            remove_row(store, name)
            afterwards()
    except BaseException:
        files.keep(name)
        raise
    files.remove(name)


def _add_row(store: Store, name: str, language: str, report: Mapping[str, Any], *, stale: bool) -> None:
    (last_line,) = store.one("SELECT coalesce(max(id), 0) FROM lines")
    times = {"created": time.time(), "last_line": last_line}
    store.add("models", name=name, language=language, active=0, stale=int(stale), **times, content=dict(report))


def use(store: Store, language: str, name: str | None) -> None:
    """Make one model of the language the active one, or none."""
    rows = store.select("models", "id, name", "language = ?", (language,))
    if name is not None and name not in (row[1] for row in rows):
        raise ProfileError(f"There is no fine-tuned model {name!r} for {language!r} in the profile.")
    for row_id, of in rows:
        store.change("models", row_id, active=int(of == name))


def remove_row(store: Store, name: str) -> None:
    """Without the model; ProfileError if there is none."""
    store.remove("models", row_of(store, name))


def row_of(store: Store, name: str) -> int:
    """The number of a model's row; ProfileError if there is none."""
    rows = store.select("models", "id", "name = ?", (name,))
    if not rows:
        raise ProfileError(f"There is no fine-tuned model {name!r} in the profile.")
    row_id: int = rows[0][0]
    return row_id
