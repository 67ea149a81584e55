"""Python counts code points, Qt counts UTF-16 units: every conversion between the two is here."""


def units(text: str) -> int:
    """Length of `text` in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def points(text: str, offset: int) -> int:
    """The code points in the first `offset` units of `text`; half a surrogate pair counts."""
    if text.isascii():
        return min(offset, len(text))
    count = 0
    for character in text:
        if offset <= 0:
            break
        offset -= 2 if character > "\uffff" else 1
        count += 1
    return count
