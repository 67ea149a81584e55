"""One column of a table or JSON file is read."""

import pytest


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_chosen_column_is_read(texts, delimiter):
    rows = [["id", "text", "by"], ["1", '"We went home,\nat last."', "Anna"], ["2", "It was late.", "Ben"], ["3"]]
    content = "\n".join(delimiter.join(row) for row in rows)
    assert texts("a.csv", content, column="text") == ["We went home,", "at last.", "It was late."]


def test_a_single_column_needs_no_choice(texts):
    assert texts("a.csv", "text\nWe went home.\nIt was late.") == ["We went home.", "It was late."]
    assert texts("a.jsonl", '{"text": "We went home."}\n{"text": "It was late.", "n": 1}') == [
        "We went home.",
        "It was late.",
    ]


def test_json_lists_are_read(texts):
    assert texts("a.json", '["We went home.", "It was late."]') == ["We went home.", "It was late."]
    assert texts("b.json", '[{"a": "We went home.", "b": "x"}, {"b": "y"}]', column="a") == ["We went home."]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", "id,text,by\n1,We went home,Anna"), ("a.jsonl", '{"id": "1", "text": "We", "by": "x"}')],
)
def test_the_columns_are_named_where_one_must_be_chosen(read, name, content):
    assert read(name, content).problem.endswith("holds your text; it has: id, text, by.")
    assert read(name, content, column="body").problem.endswith("has no column body; it has: id, text, by.")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "{"),
        ("a.json", "[" * 100_000),
        ("a.json", "3"),
        ("a.json", '{"a": 1}'),
        ("a.json", b"\xff\xfe\xfa"),
        ("a.jsonl", '{"a": "x"}\n{'),
        ("a.csv", 'text\n"' + "a" * 200_000),
    ],
)
def test_damaged_files_are_problems(read, name, content):
    problem = read(name, content).problem
    assert name in problem
    assert problem.endswith(".")
