"""Seals what a profile keeps with a passphrase: AES-256-GCM, its key made from the passphrase by scrypt.

Each sealed piece is a nonce of 12 bytes, the cipher text and a tag of 16 bytes. What it is for ("line", "title", a
model file's name) is bound into the tag, so pieces can't change places unnoticed.
"""

import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import normalize

from autocomplete.errors import PassphraseError

_NONCE = 12
_TAG = 16
_SALT = 16
_CHECK = b"autocomplete profile"
# scrypt's cost: 64 MiB and about 0.15 s a guess. Higher ones in a profile are obeyed up to the limits below.
COST = 2**16
_BLOCK = 8
_MAX_MEMORY = 2**28  # bytes
_MAX_WORK = 2**23  # 16 times as long as ours
_MAX_PARALLEL = 4
_SALTS = range(8, 65)


class BrokenSealError(ValueError):
    """A sealed piece was damaged, or sealed with another key or for something else."""


class Seal:
    """Seals and opens pieces with one key; without a key they stay as they are."""

    def __init__(self, key: bytes | None = None) -> None:
        """`key`: 32 bytes."""
        self.key = key
        if key is not None:
            # Imported late: a profile without a passphrase starts without it.
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM

            self._cipher = AESGCM(key)

    def seal(self, content: bytes, purpose: str) -> bytes:
        """`content` as it is to be kept."""
        if self.key is None:
            return content
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """The opposite of `seal`; raises BrokenSealError."""
        if self.key is None:
            return sealed
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except (InvalidTag, ValueError):
            raise BrokenSealError(f"the {purpose} does not open") from None


@dataclass(frozen=True)
class Terms:
    """How a key is made from the passphrase, and how to tell whether it is the right one; kept in the clear."""

    salt: bytes
    cost: int
    block: int
    parallel: int
    check: bytes

    @classmethod
    def make(cls, passphrase: str) -> tuple["Terms", Seal]:
        """New terms for a passphrase, and its seal; PassphraseError for one without a character."""
        if not passphrase.strip():
            raise PassphraseError("An empty passphrase protects nothing; choose one, or leave the profile unencrypted.")
        salt = os.urandom(_SALT)
        seal = Seal(_key(passphrase, salt, COST, _BLOCK, 1))
        return cls(salt, COST, _BLOCK, 1, seal.seal(_CHECK, "check")), seal

    def unlock(self, passphrase: str) -> Seal:
        """The seal of these terms; BrokenSealError if the passphrase is another."""
        seal = Seal(_key(passphrase, self.salt, self.cost, self.block, self.parallel))
        if seal.open(self.check, "check") != _CHECK:
            raise BrokenSealError("the check holds something else")
        return seal

    def as_json(self) -> dict[str, Any]:
        """As `from_json` takes it."""
        return {
            "method": "scrypt, AES-256-GCM",
            "salt": b64encode(self.salt).decode(),
            "cost": self.cost,
            "block": self.block,
            "parallel": self.parallel,
            "check": b64encode(self.check).decode(),
        }

    @classmethod
    def from_json(cls, data: Any) -> "Terms":
        """Raises ValueError, KeyError or TypeError for what is no terms, or would take long or much memory to try."""
        cost, block, parallel = (data[name] for name in ("cost", "block", "parallel"))
        if not all(type(number) is int for number in (cost, block, parallel)):
            raise TypeError("terms of scrypt that are no numbers")
        if cost < 2 or cost & (cost - 1) or block < 1 or not 1 <= parallel <= _MAX_PARALLEL:
            raise ValueError("no terms of scrypt")
        if 128 * block * (cost + parallel + 2) > _MAX_MEMORY or cost * block * parallel > _MAX_WORK:
            raise ValueError("trying the passphrase would take too much")
        if cost.bit_length() > 16 * block:
            raise ValueError("a cost that scrypt does not allow for so small a block")
        salt, check = (b64decode(data[name], validate=True) for name in ("salt", "check"))
        if len(salt) not in _SALTS or len(check) != _NONCE + len(_CHECK) + _TAG:
            raise ValueError("no salt, or no check")
        return cls(salt, cost, block, parallel, check)


def unlock(terms: Terms | None, passphrase: str | None, place: Path) -> Seal:
    """The seal of what is in `place`; PassphraseError where the passphrase is missing or wrong."""
    if terms is None:
        return Seal()
    if passphrase is None:
        raise PassphraseError(f"{place} is encrypted with a passphrase; enter the passphrase to open it.")
    try:
        return terms.unlock(passphrase)
    except BrokenSealError:
        raise PassphraseError(f"That is not the passphrase of {place}; nothing was changed.") from None


def _key(passphrase: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # The same keys give other code points on another system: "ü" may be one or two.
    typed = normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=32, n=cost, r=block, p=parallel).derive(typed)
