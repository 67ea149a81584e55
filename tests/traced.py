"""Watches a process, its children and all their native code with strace: what they connect to, change and start.

Python's own tests see only what goes through Python; the kernel sees everything.
"""

import codecs
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

APP = "autocomplete-desktop"  # what our folders are called
PATIENCE = 100  # seconds for what is traced to end

_CHANGES = (
    *("mkdir", "mkdirat", "mknod", "mknodat", "rmdir", "unlink", "unlinkat", "truncate", "setxattr", "lsetxattr"),
    *("chmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchownat", "utime", "utimes", "utimensat", "futimesat"),
)
_LINKS = ("link", "linkat", "symlink", "symlinkat")  # change the second of their paths
_MOVES = ("rename", "renameat", "renameat2")
_OPENS = ("open", "openat", "openat2", "creat")
_STARTS = ("execve", "execveat")
_GOES = ("chdir", "fchdir")
_SOCKETS = ("socket", "io_uring_setup")
_REACHES = ("connect", "bind", "sendto", "sendmsg", "sendmmsg")
_WATCHED = (*_SOCKETS, *_REACHES, *_CHANGES, *_LINKS, *_MOVES, *_OPENS, *_STARTS, *_GOES)
_WRITES = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|TMPFILE|APPEND)")
_REFUSED = ("EACCES", "EPERM", "EROFS")  # tried, and kept from it only by where it runs
_HARMLESS = re.compile(r"/dev/(null|tty|ptmx|pts/\d+)$")  # nothing stays of what is written there

_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+|\?)(.*)$")
_STRING = re.compile(r'(?:(?:\d+|AT_FDCWD)<([^>]*)>, )?(@?)"((?:[^"\\]|\\.)*)"')
_RESULT = re.compile(r"<(/[^>]*)>")
_FAMILY = re.compile(r"^\w+")


@dataclass
class Trace:
    """What a process and its children did."""

    sockets: set[str] = field(default_factory=set)
    """The family of each network socket, and the address that each local one was bound or connected to. A pair of
    sockets, whose ends stay within the process, is none."""
    changed: set[Path] = field(default_factory=set)
    """The files and folders created, opened for writing, moved or removed."""
    programs: set[str] = field(default_factory=set)
    """The names of the programs started, or looked for in vain."""

    def changed_outside(self, *own: Path) -> set[Path]:
        """What was changed that is neither one of `own`, nor inside one, nor a folder on the way to one."""
        return {
            path
            for path in self.changed
            if not any(path.is_relative_to(one) or one.is_relative_to(path) for one in own)
        }


def traced(log: Path, command: Sequence[str]) -> list[str]:
    """The command that runs `command` and keeps in files called `log` and a number what it does."""
    wanted = "trace=" + ",".join(f"?{name}" for name in _WATCHED)  # "?": not every processor has every call
    # A file a thread (-ff): otherwise the calls of several would be cut into each other's lines.
    strace = ["strace", "-ff", "--seccomp-bpf", "-qq", "-y", "-s", "4096", "-e", wanted, "-e", "signal=none"]
    return [*strace, "-o", str(log), "--", *command]


def read(log: Path, folder: Path) -> Trace:
    """What was kept in `log` of a process that was started in `folder`."""
    files = sorted(log.parent.glob(f"{log.name}.*"))
    assert files, "strace has kept nothing"
    trace = Trace()
    for file in files:
        for line in file.read_text(encoding="ascii").splitlines():
            _note(line, folder, trace)
    return trace


def _note(line: str, folder: Path, trace: Trace) -> None:
    call = _CALL.match(line)
    if call is None:
        assert not re.match(r"\w+\(", line) or line.endswith("<unfinished ...>"), f"not understood: {line}"
        return
    name, arguments, result, rest = call.groups()
    assert name not in _GOES, f"a path may be relative to a folder that is not followed: {line}"
    if name == "socket":
        family = _FAMILY.match(arguments)
        if family is None or family[0] != "AF_UNIX":
            trace.sockets.add(family[0] if family else arguments)
    elif name == "io_uring_setup":
        trace.sockets.add("io_uring")  # it may open sockets that no tracer sees
    elif name in _REACHES:
        if "sa_family=AF_UNIX" in arguments:
            address = arguments.partition("sun_path=")[2]
            trace.sockets.add(_strings(address, folder)[0] if address else "AF_UNIX")
    elif name in _STARTS:
        trace.programs.add(Path(_strings(arguments, folder)[0]).name)
    elif result != "-1" or any(reason in rest for reason in _REFUSED):
        changed = _changed(name, arguments, rest, folder)
        trace.changed.update(Path(path) for path in changed if not _HARMLESS.match(path))


def _changed(name: str, arguments: str, rest: str, folder: Path) -> list[str]:
    """The paths that a call changes, none for one that only reads."""
    if name in _OPENS:
        if name != "creat" and not _WRITES.search(_STRING.sub("", arguments)):
            return []
        real = _RESULT.search(rest)  # where links lead to
        return [_plain(real[1]) if real else _strings(arguments, folder)[0]]
    if name in _MOVES:
        return _strings(arguments, folder)
    paths = _strings(arguments, folder)
    return paths[1:] if name in _LINKS else paths[:1]


def _strings(arguments: str, folder: Path) -> list[str]:
    """The strings among the arguments; each that is no whole path is one below the folder that goes with it."""
    return [
        at + _plain(text) if at else os.path.normpath(os.path.join(_plain(base) or folder, _plain(text)))
        for base, at, text in _STRING.findall(arguments)
    ]


def _plain(text: str) -> str:
    """As it was before strace escaped it."""
    plain: bytes = codecs.escape_decode(text.encode("ascii"))[0]
    return os.fsdecode(plain)


@dataclass
class ProfileFolder:
    """Somebody's empty home, with a folder of files of theirs and one for temporary files."""

    folder: Path

    def __post_init__(self) -> None:
        for folder in (self.files, self.temporary, self.log.parent):
            folder.mkdir(parents=True)

    @property
    def log(self) -> Path:
        return self.folder / "log" / "call"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def ours(self) -> tuple[Path, ...]:
        """The folders of ours in which anything may be changed: settings and what is learned."""
        return self.folder / ".config" / APP, self.folder / ".local" / "share" / APP

    @property
    def font_caches(self) -> tuple[Path, ...]:
        """Where the system's library for fonts keeps what it knows, for all programs, when that has grown old."""
        system = Path("/var/cache/fontconfig")  # who runs as root changes that one
        return system, self.folder / ".cache" / "fontconfig", self.folder / ".fontconfig"

    @property
    def environment(self) -> dict[str, str]:
        """As a login gives it, with no display yet. Bytecode is Python's own to write, when it installs a package."""
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        own = {"HOME": str(self.folder), "TMPDIR": str(self.temporary), "LANG": "C.UTF-8"}
        return kept | own | {"PYTHONDONTWRITEBYTECODE": "1"}

    def python(self, *arguments: object, **environment: str) -> Trace:
        """Runs Python on these arguments to its good end; what it did."""
        return self.run([sys.executable, *map(str, arguments)], **environment)

    def run(self, command: Sequence[str], **environment: str) -> Trace:
        for old in self.log.parent.iterdir():
            old.unlink()
        done = subprocess.run(
            traced(self.log, command),
            cwd=self.files,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return read(self.log, self.files)


@cache
def why_not() -> str:
    """Why processes cannot be traced here; "" if they can."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-o", os.devnull, "true"], capture_output=True, text=True, check=False
    )
    return f"strace may not be used here: {tried.stderr.strip()}" if tried.returncode else ""
