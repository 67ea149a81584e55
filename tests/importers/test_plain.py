"""Text files are read line by line, Markdown without its markup."""

from autocomplete.text.line import LEFT_OUT


def test_each_line_of_a_text_is_a_paragraph(texts):
    assert texts("a.txt", "We went home.\n\n  It was late.\r\n") == ["We went home.", "It was late."]


def test_byte_order_marks_are_honoured(texts):
    assert texts("a.txt", "\ufeffWe went home.") == ["We went home."]
    assert texts("b.txt", "We went back again.".encode("utf-16")) == ["We went back again."]


def test_markdown_is_read_without_its_markup(texts):
    content = """---
title: Secret front matter of the page
---
# How we *went* home

We went [back home](https://example.com/home_(a)) and it was **very** late, so
that we had to *run through `the code` in the dark*.

> You said that we should stay.

```python
print("this is code")
```

- [ ] buy some milk
1. call the doctor ![picture of a doctor](doctor.png)
<!-- not shown to anybody -->
A snake_case_word stays <b>what</b> it is.[^1]
[home]: https://example.com
----
"""
    assert texts("a.md", content) == [
        "How we went home",
        f"We went back home and it was very late, so that we had to run through {LEFT_OUT} in the dark.",
        "buy some milk",
        "call the doctor",
        "A snake_case_word stays what it is.",
    ]


def test_code_and_quotations_of_markdown_are_counted(read):
    found = read("a.md", "We went home.\n\n> You went home.\n\n```\nx\ny\n```\n")
    assert found.left_out == {"quoted line": 1, "line of code": 3}


def test_indented_code_of_markdown_is_code_outside_of_lists_alone(read):
    content = "We went home:\n\n    go(home)\n\n    stay()\n\n- It was late.\n\n    We slept at once.\n\nWe woke up."
    found = read("a.md", content)
    assert [line.text for line in found.lines] == ["We went home:", "It was late.", "We slept at once.", "We woke up."]
    assert found.left_out == {"line of code": 2}


def test_escaped_signs_and_entities_of_markdown_are_what_they_stand_for(texts):
    content = "He said \\*no\\* twice &mdash; Tom &amp; Jerry heard it\\\nat once.\n"
    assert texts("a.md", content) == ["He said *no* twice — Tom & Jerry heard it at once."]


def test_hostile_markdown_is_read_in_time(read):
    for unit in ("[", "[a](", "*a ", "`", "``", "<", "<!--", "![", "_", "> ", "- ", "~~", "\\", "[^", "**a"):
        read("a.md", "we went home " + unit * 50_000)
