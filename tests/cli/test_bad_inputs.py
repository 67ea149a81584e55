"""Whatever is wrong with a command's input, it says so in one sentence and ends with the right exit code.

The cases run in forks of a process that has imported everything, with streams and folders of their own; some of each
kind also as a user starts them. `python -m benchmarks.bad_inputs` starts all of them so.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.bad_inputs.cases import Case, all_cases
from benchmarks.bad_inputs.place import Place
from benchmarks.bad_inputs.running import Ended, forks, run_process

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks, and closes streams")
COMMANDS = ("suggest", "evaluate", "explain", "profile", "finetune", "train")


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory, english: Path) -> list[Case]:
    return all_cases(Place.make(tmp_path_factory.mktemp("place"), english))


@pytest.fixture(scope="module")
def forked() -> Iterator[Callable[[Case], Ended]]:
    with forks() as run:
        yield run


def faults(cases: list[Case], run: Callable[[Case], Ended]) -> dict[str, tuple[list[str], str]]:
    """What is wrong with how the cases ended, and what they said."""
    ended = {case: run(case) for case in cases}
    return {str(case): (wrong, end.stderr) for case, end in ended.items() if (wrong := end.faults(case))}


def test_there_are_hundreds_and_no_two_are_the_same(cases):
    assert len(set(cases)) == len(cases) >= 450
    assert {case.arguments[0] for case in cases} >= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_is_answered_with_a_sentence_and_its_exit_code(cases, forked, command):
    chosen = [case for case in cases if case.arguments[0] == command]
    if command in ("finetune", "train"):  # they import torch, and are many: every third will do
        chosen = chosen[::3]
    assert faults(chosen, forked) == {}


@pytest.mark.timeout(300)
def test_so_it_is_for_processes_that_a_user_starts(cases):
    assert faults(cases[5::16], run_process) == {}


def test_what_is_no_command_is_answered_likewise(cases, forked):
    assert faults([case for case in cases if case.arguments[0] not in COMMANDS], forked) == {}
