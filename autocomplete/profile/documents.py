"""Documents that something was learned from: found by their ids, given the title they have now, and renamed."""

from autocomplete.privacy import redact_title
from autocomplete.profile.store import Store


def find_document(store: Store, document: str) -> int | None:
    """The number of a document by its id, or by its digest, where its id is not kept (see `_named`)."""
    rows = store.select("documents", "id", "digest = ?", (store.digest(document),))
    rows = rows or store.select("documents", "id", "hex(digest) = ?", (document.upper(),))
    return rows[0][0] if rows else None


def note_document(store: Store, document: str, title: str) -> int:
    """The number of a document, new or with the title it has now. Within a transaction."""
    found = find_document(store, document)
    if found is None:
        return store.add("documents", digest=store.digest(document), content=_named(document, title))
    if title:
        (((name, before),),) = store.select("documents", "content", "id = ?", (found,))
        if redact_title(title) != before:
            store.change("documents", found, content=_named(name, title))
    return found


def rename_document(store: Store, document: str, new: str, title: str) -> bool:
    """Give what was learned of a document to another one; whether that was there, and now holds both."""
    found, there = find_document(store, document), find_document(store, new)
    if found is None or there == found:
        return False
    with store.transaction():
        if there is None:
            store.change("documents", found, digest=store.digest(new), content=_named(new, title))
        else:
            for (row_id,) in store.select("lines", "id", "document = ?", (found,)):
                store.change("lines", row_id, document=there)
            store.remove("documents", found)
    return there is not None


def _named(document: str, title: str) -> list[str]:
    """What is kept of a document's id and title. An id that holds a secret, as a path may, is known by its digest."""
    return [document if redact_title(document) == document else "", redact_title(title)]
