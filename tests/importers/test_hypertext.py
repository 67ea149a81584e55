"""Web pages are read as they look."""

from autocomplete.importers.hypertext import paragraphs

PAGE = """<!doctype html><html><head><title>Not read</title><style>p { color: red }</style></head><body>
<h1>How we went home</h1><p>It was <b>ve</b>ry late &amp; cold,<br>and we ran.<script>alert("no")</script></p>
<ul><li>one thing<li>another thing</ul><pre>code()</pre><table><tr><td>left<td>right</table>the end"""


def test_blocks_are_paragraphs_and_what_is_not_shown_is_not_read(texts):
    assert texts("a.html", PAGE) == [
        "How we went home", "It was very late & cold,", "and we ran.", "one thing", "another thing", "left", "right",
        "the end",
    ]  # fmt: skip


def test_quotations_are_left_out_of_mails():
    html = (
        '<div>I agree.</div><div class="gmail_quote"><div class="gmail_attr">On Monday Ben wrote:</div>'
        "<blockquote><div>Do you agree?<br></div></blockquote></div><div>So be it.</div>"
    )
    assert paragraphs(html, without_quotes=True) == ["I agree.", "So be it."]
    assert "Do you agree?" in paragraphs(html)


def test_hostile_pages_are_read_in_time():
    for unit in (
        "<",
        "<a",
        "</",
        "<!",
        "<!--",
        "&",
        "<div>",
        "<a b=",
        "<p '",
        "<?",
        "&#x",
        "<div class='gmail_quote'>",
    ):
        paragraphs(unit * 30_000, without_quotes=True)
