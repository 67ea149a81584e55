"""A profile whose process is killed at any moment: it opens, and what was learned before is there."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from autocomplete.errors import PassphraseError
from autocomplete.profile.archive import preview
from autocomplete.profile.profile import Profile

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
MOMENTS = 20

# Makes a process for each request, without importing everything again.
NURSERY = """
import json, os, sys
from autocomplete.profile import encryption as sealing
from autocomplete.profile.archive import export_profile
from autocomplete.text.line import Line
from autocomplete.profile.profile import Profile
sealing.COST = 16
def say(what): os.write(1, f"{what}\\n".encode())  # in one piece, however it is buffered
for request in sys.stdin:
    folder, passphrase, number, work, settings = json.loads(request)
    child = os.fork()
    if child == 0:
        os.environ["XDG_CONFIG_HOME"] = settings
        profile = Profile.open(folder, passphrase=passphrase)
        say(f"ready {os.getpid()}")
        exec(work)
    say(f"dead {os.waitpid(child, 0)[1]}")
"""
WORK = {
    "learning": "while True:\n number += 1\n profile.learn([Line(f'learned {number}', 'en', 1.0)], 'a'); say(number)",
    "exporting": "while True: export_profile(profile, folder + '.zip', replace=True); say('exported')",
    "forgetting": "while True: profile.forget_word('heron'); profile.undo(); say('undone')",
    "sealing": "while True:\n"
    " for new in ('one', None, 'two', None): say(f'begin {new}'); profile.set_passphrase(new); say(f'end {new}')",
    "adding a model": "while True: profile.remove_model(profile.add_model('en', {'step.onnx': b'x' * 9999}, {}, "
    "active=True)); say('removed')",
    "beginning": "while True: profile.delete(); profile = Profile.open(folder); say('began')",
}


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-W", "ignore", "-c", NURSERY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


def killed_at(delay: float, nursery, kind: str, folder, passphrase: str | None = None, number: int = 0) -> list[str]:
    """What a process at work said before it was killed, so long after it was ready."""
    nursery.stdin.write(json.dumps([str(folder), passphrase, number, WORK[kind], os.environ["XDG_CONFIG_HOME"]]) + "\n")
    nursery.stdin.flush()
    ready, child = nursery.stdout.readline().split()
    assert ready == "ready"
    time.sleep(delay)
    os.kill(int(child), signal.SIGKILL)
    said = [nursery.stdout.readline()]
    while not said[-1].startswith("dead"):
        said.append(nursery.stdout.readline())
    assert said.pop() == f"dead {signal.SIGKILL}\n"
    return [line.rstrip("\n") for line in said]


@pytest.mark.parametrize("kind", [kind for kind in WORK if kind != "sealing"])
def test_killed_at_any_moment_it_opens_with_all_that_was_learned(folder, line, nursery, kind) -> None:
    moments = random.Random(3)
    learned = 0
    kept = [line("heron one"), line("crane two heron")]
    with Profile.open(folder) as profile:
        profile.learn(kept, "kept")
    for _ in range(MOMENTS):
        said = killed_at(moments.uniform(0.0, 0.04), nursery, kind, folder, number=learned)
        with Profile.open(folder) as profile:
            lines = [kept.text for kept in profile.lines("en")]
            profile.learn([line("works still")], "b")
            profile.forget_document("b")
            assert profile.models("en") == [] or profile.model_files(profile.models("en")[0].id)
        if kind == "learning":
            assert len(lines) >= 2 + (int(said[-1]) if said else learned)
            learned = len(lines) - 2
        elif kind == "forgetting":
            assert lines in (["heron one", "crane two heron"], ["￼ one", "crane two ￼"])
            if "￼" in lines[0]:
                with Profile.open(folder) as profile:
                    profile.forget_document("kept")
                    profile.learn(kept, "kept")
        elif kind == "exporting":
            assert "exported" not in said or preview(f"{folder}.zip").words == {"en": 5}
        if kind != "beginning":
            assert len(lines) >= 2


def test_killed_while_it_is_sealed_it_opens_with_the_old_or_the_new_passphrase(folder, line, nursery) -> None:
    moments = random.Random(4)
    with Profile.open(folder) as profile:
        profile.learn([line("heron one")], "kept")
        profile.add_model("en", {"step.onnx": b"weights"}, {}, active=True)
        profile.scratch("en").write("state", b"half done")
    passphrase: str | None = None
    seen = set()
    for _ in range(MOMENTS):
        said = killed_at(moments.uniform(0.0, 0.25), nursery, "sealing", folder, passphrase)
        last = said[-1].split(" ")[1] if said else str(passphrase)
        previous = next((word.split(" ")[1] for word in reversed(said) if word.startswith("end")), str(passphrase))
        for candidate in (None, "one", "two"):
            try:
                profile = Profile.open(folder, passphrase=candidate)
            except PassphraseError:
                continue
            with profile:
                passphrase = candidate if profile.sealed else None
                assert [kept.text for kept in profile.lines("en")] == ["heron one"]
                assert profile.model_files(profile.models("en")[0].id) == {"step.onnx": b"weights"}
                assert profile.scratch("en").read("state") == b"half done"
            break
        else:
            pytest.fail("no passphrase opens it")
        assert str(passphrase) in (last, previous)
        seen.add(passphrase)
        assert len(list(folder.iterdir())) <= 3
    assert None in seen
    assert len(seen) > 1
