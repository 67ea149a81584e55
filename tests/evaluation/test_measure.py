"""The measures of known suggestions, and what is kept of a run that stops half way."""

import json

import pytest

from autocomplete.evaluation.measure import Latency, Measurement, Summary


def measured(completer, *lines: str) -> Summary:
    measurement = Measurement()
    for line in lines:
        measurement.add_line(completer, line)
    return measurement.summary()


def test_keystrokes_saved_are_counted_against_the_characters(completer) -> None:
    # [the] [sky] b [blue]
    summary = measured(completer, "the sky blue")
    assert (summary.characters, summary.keystrokes) == (12, 1 + 1 + 2)
    assert summary.ksr == pytest.approx(1 - 4 / 12)


def test_hits_are_shares_of_the_words(completer) -> None:
    # Before a first letter always the, sky, is are shown.
    summary = measured(completer, "the sky", "grey is blue")
    assert summary.words == 5
    assert summary.hit1 == pytest.approx(1 / 5)
    assert summary.hit3 == pytest.approx(3 / 5)


def test_bits_are_shared_by_the_characters_and_the_line_ends(completer) -> None:
    assert measured(completer, "the sky", "is blue").bpc == pytest.approx(2.0)


def test_each_line_is_a_text_of_its_own(completer) -> None:
    measured(completer, "the", "sky")
    assert [stream.read[0] for stream in completer.streams] == ["", ""]


def test_the_engine_reads_the_text_up_to_the_cursor_before_each_look(completer) -> None:
    measured(completer, "the grey")
    assert completer.streams[0].read == ["", "the ", "the g", "the gr", "the gre"]


def test_each_look_is_timed(completer) -> None:
    latency = measured(completer, "the grey").latency
    assert latency.calls == 5
    assert 0 < latency.p50 <= latency.p95 <= latency.p99 <= latency.max


def test_percentiles_are_times_that_were_measured() -> None:
    assert Latency.of([float(ms) for ms in range(100, 0, -1)]) == Latency(100, 51, 96, 100, 100)


def test_files_together_weigh_by_their_length(completer) -> None:
    short, long = Measurement(), Measurement()
    short.add_line(completer, "the")
    long.add_line(completer, "green grass")
    both = Measurement()
    both.add(short)
    both.add(long)
    summary = both.summary()
    assert (summary.lines, summary.words, summary.keystrokes) == (2, 3, 1 + 11)
    assert summary.ksr == pytest.approx(1 - 12 / 14)
    assert summary.latency.calls == 1 + 10


def test_a_line_that_is_stopped_half_way_does_not_count(completer, monkeypatch) -> None:
    measurement = Measurement()
    measurement.add_line(completer, "the sky")
    before = measurement.summary()

    def stop(text: str) -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr(completer, "bits", stop)
    with pytest.raises(KeyboardInterrupt):
        measurement.add_line(completer, "is blue")
    assert measurement.summary() == before


def test_text_without_words_has_measures_too(completer) -> None:
    summary = measured(completer, "12:30")
    assert (summary.words, summary.ksr, summary.hit1, summary.latency.calls) == (0, 0.0, 0.0, 0)


def test_nothing_measured_is_all_zero() -> None:
    assert Measurement().summary().bpc == 0.0


def test_a_summary_goes_into_json_and_is_rounded(completer) -> None:
    summary = measured(completer, "the grey sky").as_dict()
    assert json.loads(json.dumps(summary)) == summary
    assert summary["hit1"] == 0.3333
    assert set(summary["latency"]) == {"calls", "p50", "p95", "p99", "max"}
