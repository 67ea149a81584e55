"""Documents, damaged in every way: reading them ends soon, and what is wrong is said in a sentence."""

import zipfile
import zlib
from io import BytesIO

from hypothesis import strategies as st

from tests.fuzz.conftest import Fuzz
from tests.fuzz.documents import ReadAs
from tests.fuzz.mutations import as_json, mutated, overwritten

_DOCX = (
    b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>We would like to go home</w:t><w:br/></w:r><w:del><w:r><w:delText>not</w:delText></w:r></w:del>"
    b"</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)
_ODT = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    b"<text:p>We would<text:s/>like<office:annotation><text:p>not</text:p></office:annotation> it</text:p>"
    b"<text:h>They went</text:h></office:text></office:body></office:document-content>"
)
_XML = (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"&b;", b"<w:p>" * 500, b"<text:p>", b"xmlns:w='a'")
_HTML = b"""<!doctype html><html><head><title>No</title><style>p { color: red }</style></head><body><h1>How we went</h1>
<p class="gmail_quote">It was <b>ve</b>ry late &amp; cold,<br>and we ran.<script>alert("no")</script></p><!-- no -->
<ul><li>one thing<li>another &#x1F600; &#99999999;</ul><pre>code()</pre><table><tr><td>left<td>right</table>"""
_MARKDOWN = b"""---
title: No
---
# We went *home*

They [would](https://example.org "x") `code` **like** ~~it~~ ![no](a.png)
- [x] one
> quoted
```
code
```
"""
_CSV = b'id,text,day\n1,"We would like, ""home""",2024\n2,They went\n'
_JSON = [{"text": "We would like it", "id": 1}, {"text": None}, "They went home", [["deep"]], {"text": {"text": "x"}}]


def _pdf() -> bytes:
    shown = b"BT /F1 12 Tf 50 700 Td 14 TL (We would like to go) Tj T* [(ho) -20 (me)] TJ ET /X1 Do"
    packed = zlib.compress(b"BT (inside) Tj ET /X1 Do")
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode /Resources 6 0 R /Length %d >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        form % len(packed) + b"\nstream\n" + packed + b"\nendstream",
        b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X1 5 0 R >> >>",
    ]
    result = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(result)
    result += b"xref\n0 7\n0000000000 65535 f \n" + table + b"trailer << /Size 7 /Root 1 0 R >>\n"
    return result + b"startxref\n%d\n%%%%EOF\n" % start


def _zipped(name: str, content: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def _office(name: str, content: bytes) -> st.SearchStrategy[bytes]:
    """A document with damaged XML, or with a damaged zip around it."""
    whole = _zipped(name, content)
    return st.one_of(
        mutated([content], _XML).map(lambda damaged: _zipped(name, damaged)), overwritten([whole]), mutated([whole])
    )


def test_word(fuzz: Fuzz, read_as: ReadAs) -> None:
    fuzz(_office("word/document.xml", _DOCX), read_as("a.docx"))


def test_opendocument(fuzz: Fuzz, read_as: ReadAs) -> None:
    fuzz(_office("content.xml", _ODT), read_as("a.odt"))


def test_pdf(fuzz: Fuzz, read_as: ReadAs) -> None:
    nasty = (b"/Parent 3 0 R", b"/Kids [2 0 R 2 0 R]", b"/Length 99999999999", b"/X1 Do " * 50, b"[[[[[[", b"/Prev 9")
    fuzz(st.one_of(mutated([_pdf()], nasty), overwritten([_pdf()])), read_as("a.pdf"))


def test_web_page(fuzz: Fuzz, read_as: ReadAs) -> None:
    fuzz(mutated([_HTML], (b"<!--", b"<script>", b"class=" * 500, b'<a b="', b"&#" * 500)), read_as("a.html"))


def test_markdown_and_plain_text(fuzz: Fuzz, read_as: ReadAs) -> None:
    nasty = (b"`" * 500, b"*" * 500, b"[" * 500, b"![](" * 500, b"<!--" * 500, b"\xff\xfe", b"\xff\xfe\x00\x00")
    fuzz(mutated([_MARKDOWN], nasty), read_as("a.md"))


def test_table(fuzz: Fuzz, read_as: ReadAs) -> None:
    fuzz(mutated([_CSV], (b'"', b",text" * 500, b"\r", b"\t;|")), read_as("a.csv"))


def test_json(fuzz: Fuzz, read_as: ReadAs) -> None:
    fuzz(as_json(_JSON), read_as("a.json"))
