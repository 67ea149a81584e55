"""What the system refuses, in words for the person at the keyboard."""

import errno

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is exceeded",
    errno.EFBIG: "the file is too large for this disk",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "its folder does not exist and cannot be made",
    errno.ENOTDIR: "there is a file where a folder should be",
    errno.EEXIST: "there is a file where a folder should be",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the disk reported an error",
}


def reason(error: Exception) -> str:
    """Why, as the end of a sentence without its full stop."""
    number = error.errno if isinstance(error, OSError) else None
    return _REASONS.get(number or 0, (getattr(error, "strerror", None) or str(error)).lower())
