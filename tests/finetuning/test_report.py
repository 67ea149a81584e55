"""The report says in one sentence whether the model is worth having, and survives JSON."""

import json
from dataclasses import replace

import pytest

from autocomplete import TuningError
from autocomplete.finetuning.events import Done, Evaluated, Failed, Progress, Stage, Stopped, from_json, to_json
from autocomplete.finetuning.report import Example, Measures, Point, Report, judge

POINT = Point(1.0, 0.6, 2.1, 0.5, 1.5)
REPORT = Report(
    words=900,
    words_aside=100,
    before=Measures(0.48, 0.2, 0.3, 2.2),
    with_words=Measures(0.48, 0.2, 0.3, 2.2),
    after=Measures(0.5, 0.22, 0.33, 2.1),
    base_before=1.49,
    base_after=1.5,
    alpha=0.6,
    epochs=1.0,
    curve=(POINT, replace(POINT, base_bpc=None)),
    examples=(Example("I am ", "grumpy", ("a", "the", "not"), ("grumpy", "a")),),
    new_words=("Zora", "Ünal"),
    gain=0.02,
    error=0.005,
    seconds=12.5,
    memory=10**9,
    helped=True,
    reason="It helps.",
)


def test_a_report_survives_json():
    assert Report.from_dict(json.loads(json.dumps(REPORT.as_dict()))) == REPORT
    assert Report.from_dict(REPORT.as_dict() | {"of a newer version": 1}) == REPORT


@pytest.mark.parametrize(
    "event",
    [Stage("learning"), Progress(0.5, None, 4.2), Evaluated(POINT), Done(REPORT), Stopped("so"), Failed("\n“no”")],
)
def test_events_survive_a_line_of_json(event):
    line = to_json(event)
    assert "\n" not in line
    assert from_json(line.encode()) == event


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"event": "dance"}', '{"event": "stage"}', '{"event": "done"}', "1"])
def test_anything_else_is_no_event(line):
    with pytest.raises(TuningError):
        from_json(line)


@pytest.mark.parametrize(
    ("gain", "error", "after", "helped", "said"),
    [
        (0.02, 0.01, 1.509, True, "helps: the fine-tuned model saves 2.0 points more keystrokes than what you wrote"),
        (0.01, 0.01, 1.5, False, "not certain"),
        (0.0, 0.0, 1.5, False, "saves as many keystrokes as"),
        (-0.02, 0.01, 1.5, False, "2.0 points fewer"),
        (0.05, 0.01, 1.53, False, "predicted 2.0 % worse"),
    ],
)
def test_a_model_helps_if_it_saves_more_than_chance_and_forgets_little(gain, error, after, helped, said):
    found, reason = judge(gain, error, 1.5, after)
    assert found is helped
    assert said in reason
    assert reason.endswith(".")


def test_without_a_sample_only_the_gain_decides():
    assert judge(0.02, 0.01, None, None)[0]
