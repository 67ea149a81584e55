"""Word and OpenDocument files are read, bombs and damaged ones are named."""

import zipfile
from io import BytesIO

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def packed(name: str, content: str | bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def docx(body: str, prolog: str = "") -> bytes:
    return packed(
        "word/document.xml",
        f'{prolog}<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>',
    )


def odt(body: str) -> bytes:
    return packed(
        "content.xml",
        f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>",
    )


def test_the_paragraphs_of_a_word_document_are_read(texts):
    body = (
        "<w:p><w:r><w:t>We went </w:t></w:r><w:del><w:r><w:delText>back </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>home</w:t><w:br/><w:t>at last.</w:t></w:r></w:ins></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
        "<w:t>Around the box</w:t></w:r></w:p>"
    )
    assert texts("a.docx", docx(body)) == ["We went home", "at last.", "In a cell", "In a box", "Around the box"]


def test_the_paragraphs_of_an_opendocument_text_are_read(texts):
    body = (
        "<text:tracked-changes><text:deletion><text:p>It was deleted</text:p></text:deletion></text:tracked-changes>"
        "<text:h>How we went home</text:h><text:p>It was <text:span>very<text:s/>late</text:span>, "
        "<office:annotation><text:p>Really?</text:p></office:annotation>and we<text:line-break/>ran.</text:p>"
    )
    assert texts("a.odt", odt(body)) == ["How we went home", "It was very late, and we", "ran."]


def test_a_document_that_unpacks_to_far_more_is_not_read(read):
    found = read("a.docx", docx("<w:p><w:r><w:t>" + "a " * 3_000_000 + "</w:t></w:r></w:p>"))
    assert "unpacks to more" in found.problem
    assert found.lines == ()


def test_a_document_that_unpacks_to_more_than_it_says_is_not_read(read):
    content = docx("<w:p><w:r><w:t>We went home again</w:t></w:r></w:p>" * 1000)
    size = len(zipfile.ZipFile(BytesIO(content)).read("word/document.xml"))
    lying = content.replace(size.to_bytes(4, "little"), (5000).to_bytes(4, "little"))
    assert lying != content
    assert read("a.docx", lying).problem != ""


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no zip at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word document, or one with a password",
        packed("other.xml", "<a/>"),
        docx("<w:p><w:r>"),
        docx("<w:p><w:r><w:t>We went home</w:t></w:r></w:p>" * 99)[:-300],
        packed("word/document.xml", b"\xff\xfe\x00\x00"),
    ],
)
def test_a_damaged_document_is_named(read, content):
    problem = read("a.docx", content).problem
    assert "locked with a password" in problem
    assert problem.count(". ") == 0


def test_entities_are_not_expanded(read):
    prolog = '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    found = read("a.docx", docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", prolog))
    assert "XML that documents do not contain" in found.problem


def test_deep_nesting_is_a_problem_and_no_crash(read):
    depth = 20_000
    assert read("a.docx", docx("<w:p>" + "<w:r>" * depth + "</w:r>" * depth + "</w:p>")).problem != ""


def test_a_zip_of_very_many_files_is_not_read(read):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<a/>")
        for number in range(10_001):
            archive.writestr(str(number), "")
    assert "unpacks to more" in read("a.odt", file.getvalue()).problem
