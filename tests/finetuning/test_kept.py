"""What is kept for the next process is whole and of the same work, or as good as not there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.finetuning.checkpoint import BEST, Best, best_files, pack, read_best, unpack, write_best
from autocomplete.finetuning.job import Job
from autocomplete.finetuning.options import TuningOptions
from autocomplete.finetuning.report import Point
from autocomplete.profile.scratch import Scratch
from autocomplete.text.line import Line, Span

POINT = Point(1.0, 0.6, 2.1, 0.5, None)


@given(st.dictionaries(st.text(max_size=8), st.binary(max_size=50)), st.dictionaries(st.text(), st.integers()))
def test_what_is_packed_is_unpacked(files, note):
    found, arrays = unpack(pack(note, {name: np.frombuffer(content, np.uint8) for name, content in files.items()}))
    assert found == note
    assert {name: array.tobytes() for name, array in arrays.items()} == files


@pytest.mark.parametrize("content", [b"", b"something else", pack({}, {})[:-1]])
def test_anything_else_is_refused(content):
    with pytest.raises(ValueError, match="nothing that was packed"):
        unpack(content)


@pytest.mark.parametrize("key", [None, b"k" * 32])
def test_the_best_is_found_again_by_the_same_work_only(tmp_path, key):
    scratch = Scratch(tmp_path / "scratch", key)
    write_best(scratch, "mine", Best(POINT, {"step.onnx": b"123"}))
    assert read_best(scratch, "mine") == Best(POINT, {"step.onnx": b"123"})
    assert read_best(scratch, "another") is None
    assert best_files(scratch) == {"step.onnx": b"123"}


@pytest.mark.parametrize("key", [None, b"k" * 32])
def test_a_damaged_file_is_as_good_as_none(tmp_path, key):
    scratch = Scratch(tmp_path / "scratch", key)
    assert read_best(scratch, "mine") is None
    assert best_files(scratch) is None
    write_best(scratch, "mine", Best(POINT, {}))
    path = scratch.folder / BEST
    path.write_bytes(path.read_bytes()[:-3])
    assert read_best(scratch, "mine") is None


def test_a_job_survives_its_line_of_json(sampled, tmp_path):
    line = Line("Zora\u2028 “ü”\ufffc", "en", 5.5, (Span(0, 4, 2.0),))
    for key in (None, b"\x00" * 32):
        job = Job(sampled, (line,), Scratch(tmp_path / "ü", key), TuningOptions(minutes=None))
        text = job.as_json()
        assert text.count(b"\n") == 1
        again = Job.from_json(text)
        assert (again.bundle, again.lines, again.options) == (job.bundle, job.lines, job.options)
        assert (again.scratch.folder, again.scratch.key) == (job.scratch.folder, key)


def test_work_is_the_same_while_lines_model_and_options_are(sampled, english, make_lines, tmp_path):
    scratch = Scratch(tmp_path, None)
    job = Job(sampled, make_lines(), scratch)
    assert job.fingerprint == Job(sampled, make_lines(), scratch, TuningOptions(minutes=1)).fingerprint
    others = [
        Job(sampled, make_lines()[1:], scratch),
        Job(english, make_lines(), scratch),
        Job(sampled, make_lines(), scratch, TuningOptions(seed=2)),
    ]
    assert len({job.fingerprint, *(other.fingerprint for other in others)}) == 4
