"""Starts the fine-tuning process, follows it, and puts the model that it makes into the profile. Needs no torch."""

import subprocess
import sys
import threading
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from autocomplete.errors import Error, NotInstalledError, TuningError
from autocomplete.finetuning import commands
from autocomplete.finetuning.checkpoint import best_files, lines_begun_with
from autocomplete.finetuning.events import Done, End, Evaluated, Event, Failed, Stopped, from_json
from autocomplete.finetuning.job import Job
from autocomplete.finetuning.lines import split_lines
from autocomplete.finetuning.options import TuningOptions
from autocomplete.model.bundle import Bundle
from autocomplete.profile.profile import Profile

_CHILD = "autocomplete.finetuning.child"
_LOST = "The fine-tuning process ended before it was done; start it again, and it goes on from where it was last saved."


class Tuner:
    """One fine-tuning of one language of a profile. Its methods may be called from any thread.

    `hear` is told every event, in the order they happen, in a thread of the tuner's; the last one is an `End`, and by
    then a model that was done is in the profile: the active one if it helped.
    """

    def __init__(
        self,
        profile: Profile,
        model: Path,
        options: TuningOptions | None = None,
        hear: Callable[[Event], None] = lambda _event: None,
    ) -> None:
        """`model`: the folder of the language's model as it is shipped."""
        self._profile, self._model, self._hear = profile, model, hear
        self._options = options or TuningOptions()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader = threading.Thread(target=self._read, name="tuning", daemon=True)
        self._lock = threading.Lock()
        self._evaluated = self._discarded = False
        self._end: End | None = None

    def start(self) -> None:
        """Start it on all lines of the language, or go on with a fine-tuning that was broken off, on the lines that it
        began with. Takes up to a second, for much text.

        Raises TuningError for too little text or where torch is missing, ModelError for a damaged model, ProfileError.
        """
        need_torch()
        self._language = Bundle.open(self._model).language
        self._scratch = self._profile.scratch(self._language)
        # What was written since a fine-tuning was interrupted is for the next one: this one resumes on its own lines.
        lines = tuple(self._profile.lines(self._language)[: lines_begun_with(self._scratch)])
        split_lines(lines)
        job = Job(self._model.resolve(), lines, self._scratch, self._options)
        self._process = subprocess.Popen(  # noqa: S603 - this Python, and a name of ours
            [sys.executable, "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # a Ctrl+C in the terminal is this process's to answer
        )
        self._send(job.as_json())
        self._reader.start()

    def pause(self) -> None:
        """Stop using the processor until `resume`."""
        self._command(commands.PAUSE)

    def resume(self) -> None:
        """Go on after a `pause`."""
        self._command(commands.GO_ON)

    def stop(self, keep: bool) -> None:
        """End it within a second. keep: the best model so far is kept if it helps; where there is none yet, or without
        `keep`, nothing is changed."""
        if keep and self._evaluated:
            self._command(commands.STOP_KEEP)
            return
        self._discarded = True
        if self._process is not None:
            self._process.kill()  # what it leaves is cleared away when it has ended

    def wait(self, timeout: float | None = None) -> End | None:
        """Wait for the end and tell it; None if it has not come within `timeout` seconds."""
        self._reader.join(timeout)
        return self._end

    def _command(self, command: str) -> None:
        self._send(command.encode() + b"\n")

    def _send(self, content: bytes) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with self._lock:
            try:
                self._process.stdin.write(content)
                self._process.stdin.flush()
            except (BrokenPipeError, ValueError):
                pass  # it has ended; the reader tells how

    def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        end: End | None = None
        with self._process.stdout as lines:
            for line in lines:
                try:
                    event = from_json(line)
                except TuningError as error:
                    event = Failed(str(error))
                self._evaluated = self._evaluated or isinstance(event, Evaluated)
                if isinstance(event, End):
                    end = event
                    break
                self._hear(event)
        self._end = self._finish(end)
        self._hear(self._end)

    def _finish(self, end: End | None) -> End:
        assert self._process is not None
        assert self._process.stdin is not None
        with self._lock:
            self._process.stdin.close()
        self._process.wait()
        try:
            if self._discarded:
                self._scratch.clear()
                return Stopped("Stopped; nothing was changed.")
            if isinstance(end, Done):
                self._store(end)
        except Error as error:
            return Failed(str(error))
        return end or Failed(_LOST)

    def _store(self, done: Done) -> None:
        """Raises ProfileError; TuningError where something was forgotten meanwhile, and what was learned with it."""
        files = best_files(self._scratch)
        if files is None:
            raise TuningError(
                "Something was forgotten while the model was fine-tuned, so it was not kept; start it again."
            )
        self._profile.add_model(self._language, files, done.report.as_dict(), active=done.report.helped)
        self._scratch.clear()


def need_torch() -> None:
    """Raise NotInstalledError, a TuningError, where what the process needs is not installed."""
    if find_spec("torch") is None or find_spec("onnx") is None:
        raise NotInstalledError(
            "Tuning needs PyTorch and onnx, which are not installed; install them with: "
            'pip install "autocomplete-desktop[train]"'
        )
