"""The settings on the disk: an INI file.

A value that is missing, of another type or not among the choices reads as its default, so a damaged
or hand-edited file never stops the app.
"""

import contextlib
import errno
import json
import os
import stat
from pathlib import Path
from uuid import uuid4

import platformdirs
from PySide6.QtCore import QLockFile, QObject, QSettings, Signal

from autocomplete.atomic import PARTIAL, private_file, private_folder
from gui.reasons import reason
from gui.settings.registry import Setting, T, Value

_LOCK = ".lock"  # behind the name of the file, what Qt has while it writes
_PATIENCE = 500  # milliseconds that the lock is waited for
_LARGEST = 1_000_000  # bytes of a file with settings


def config_folder() -> Path:
    """The folder that holds the settings file and the recovery snapshots."""
    folder = Path(platformdirs.user_config_dir("autocomplete-desktop", appauthor=False))
    if not folder.is_absolute():  # nobody's home is known: no place, rather than one in whatever folder this one is
        return Path(os.devnull) / folder.name
    return folder


def keep_qt_in(folder: Path) -> None:
    """Has Qt keep what it remembers by itself in `folder`, too, instead of in a file that all Qt programs share: the
    folders that its file dialog has shown. (On Windows and macOS the system's own dialog remembers them.)"""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))


def _like(value: object, default: Value) -> bool:
    """Whether `value` has the type of `default`; of lists, all that they hold has to be text."""
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return False
    return type(value) is type(default)


class Settings(QObject):
    """Reads and writes the registry's values; `folder` is where the INI file lives.

    A file that is none of ours is left as it is. Where nothing can be saved, what is set holds until the app is closed,
    and `problem` says so in one sentence; `failed` says it when it comes to that later.
    """

    changed = Signal(object)  # the Setting that has another value now
    failed = Signal(str)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.folder = folder or config_folder()
        self.problem = ""
        self._path = self.folder / "settings.ini"
        self._file: QSettings | None = None
        self._values: dict[str, object] = {}  # those that have no file
        self._open()

    def get(self, setting: Setting[T]) -> T:
        raw = self._values.get(setting.key) if self._file is None else self._file.value(setting.key)
        if not isinstance(raw, str):
            return setting.default
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):
            return setting.default
        if not _like(value, setting.default):
            return setting.default
        if setting.choices and value not in setting.choices:
            return setting.default
        known: T = value
        return known

    def set(self, setting: Setting[T], value: T) -> None:
        if value == self.get(setting):
            return
        if self._file is not None and not self._is_free():
            self._keep_in_memory()
        if self._file is None:
            self._values[setting.key] = json.dumps(value)
        else:
            self._file.setValue(setting.key, json.dumps(value))
            self.sync()
        self.changed.emit(setting)

    def sync(self) -> None:
        """Write to disk now."""
        if self._file is None:
            return
        self._file.sync()
        if self._file.status() == QSettings.Status.NoError:
            with contextlib.suppress(OSError):
                self._path.chmod(0o600)
        elif not self.problem:
            self.problem = self._explain(_refusal(self._path) or OSError(errno.EIO, ""))
            self.failed.emit(self.problem)

    def _is_free(self) -> bool:
        """Whether Qt, which would wait for it without an end, can have the lock of the file."""
        lock = QLockFile(f"{self._path}{_LOCK}")
        free = lock.tryLock(_PATIENCE) or lock.error() != QLockFile.LockError.LockFailedError
        lock.unlock()
        return free

    def _keep_in_memory(self) -> None:
        assert self._file is not None
        self._values, self._file = {key: self._file.value(key) for key in self._file.allKeys()}, None
        self.problem = (
            f"Settings can't be saved: {self._path}{_LOCK} is in the way; delete it, and start again. "
            "What you choose holds until you close the app."
        )
        self.failed.emit(self.problem)

    def _open(self) -> None:
        """Find out whether the file can be used, before Qt waits for it, or writes over it."""
        try:
            private_folder(self.folder)
        except OSError as error:
            if not os.path.isdir(self.folder):  # is_dir raises where the folder above may not be looked into
                self.problem = self._explain(error)
                return
        try:
            usable = _is_plain(self._path)
        except OSError as error:
            self.problem = self._explain(error)
            return
        file = QSettings(str(self._path), QSettings.Format.IniFormat) if usable else None
        values = {key: file.value(key) for key in file.allKeys() if key} if file is not None else {}
        if file is None or file.status() != QSettings.Status.NoError:
            self._values = values
            self.problem = (
                f"Settings can't be saved: {self._path} is not a settings file, or is damaged. It was left as it is; "
                "move it away so that settings can be saved again."
            )
            return
        refused = _refusal(self._path)
        self.problem = self._explain(refused) if refused is not None else ""
        self._file = file

    def _explain(self, error: OSError) -> str:
        return (
            f"Settings can't be saved in {self.folder}: {reason(error)}. Changes last until you close the app."
        )


def _is_plain(path: Path) -> bool:
    """Whether it is a file of a size that settings may have, or may be made. Raises OSError if that cannot be seen."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return not path.is_symlink()
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST


def _refusal(path: Path) -> OSError | None:
    """Why `path` cannot be written, or replaced; None if it can."""
    probe = path.with_name(f".{path.name}.{uuid4().hex[:8]}{PARTIAL}")
    try:
        if path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_APPEND))
        private_file(probe)
        probe.unlink()
    except OSError as error:
        return error
    return None
