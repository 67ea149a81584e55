"""A tuning that was broken off goes on with the lines it began with, whatever was written since."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from autocomplete.finetuning.checkpoint import CHECKPOINT, lines_begun_with, pack
from autocomplete.finetuning.job import Job
from autocomplete.finetuning.tuner import Tuner
from autocomplete.profile.profile import Profile
from autocomplete.profile.scratch import Scratch
from autocomplete.text.line import Line

LINE = "we walked along the river and then went home because it was late"


@pytest.fixture
def begun(english: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Profile], Job]:
    """Starts a tuner without its process; the job that it would be given."""

    class NoProcess:
        def __init__(self, *_: object, **__: object) -> None:
            self.stdin, self.stdout = _Kept(), io.BytesIO()
            jobs.append(self.stdin)

        def wait(self) -> None:
            pass

    jobs: list[_Kept] = []
    monkeypatch.setattr(subprocess, "Popen", NoProcess)

    def start(profile: Profile) -> Job:
        tuner = Tuner(profile, english)
        tuner.start()
        tuner.wait(10)
        return Job.from_json(jobs[-1].content)

    return start


class _Kept(io.BytesIO):
    content = b""

    def close(self) -> None:
        self.content = self.getvalue()
        super().close()


def test_what_was_written_since_is_not_among_its_lines(tmp_path: Path, begun: Callable[[Profile], Job]) -> None:
    with Profile.open(tmp_path / "profile") as profile:
        profile.learn([Line(LINE, "en", 1e9 + number) for number in range(40)], "a")
        assert len(begun(profile).lines) == 40
        profile.scratch("en").write(CHECKPOINT, pack({"lines": 40}, {}))
        profile.learn([Line("and one more", "en", 2e9)], "a")
        assert len(begun(profile).lines) == 40
        profile.scratch("en").clear()
        assert len(begun(profile).lines) == 41


@pytest.mark.parametrize("content", [None, b"damaged", pack({}, {})])
def test_without_a_checkpoint_that_can_be_read_it_begins_with_all_lines(tmp_path: Path, content: bytes | None) -> None:
    scratch = Scratch(tmp_path, None)
    if content is not None:
        scratch.write(CHECKPOINT, content)
    assert lines_begun_with(scratch) is None
