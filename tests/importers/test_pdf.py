"""The text of PDF files is read, paragraph by paragraph."""

import pytest


def pdf(*lines: str) -> bytes:
    """A file of one page with these lines."""
    shown = "BT /F1 12 Tf 50 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
    ]
    result = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(result))
        result += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{len(result)}\n%%EOF\n"
    return (result + end).encode()


def test_lines_are_put_together_with_their_divided_words(texts):
    content = pdf("We went home early, since it was late and the night was un-", "usually cold for all of us.")
    assert texts("a.pdf", content) == [
        "We went home early, since it was late and the night was unusually cold for all of us."
    ]


@pytest.mark.parametrize("content", [b"no PDF", b"%PDF-1.4\n", pdf("We went home")[:200], b"%PDF-1.7\n" + bytes(9999)])
def test_a_damaged_file_is_a_problem(read, content):
    assert "a.pdf is damaged, or not a PDF" in read("a.pdf", content).problem


def test_a_file_without_text_is_a_problem(read):
    assert "holds nothing that could be learned from" in read("a.pdf", pdf()).problem
