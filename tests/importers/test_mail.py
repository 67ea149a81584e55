"""Of mails only what the user wrote is read."""

import tracemalloc
from base64 import b64encode
from pathlib import Path

import pytest

from autocomplete.importers import Options, gather

ANNA, BEN = "Anna Meier <anna@example.com>", "Ben <ben@example.org>"


def mail(text: str, sender: str = ANNA, to: str = BEN, day: int = 1, more: str = "") -> str:
    return f"From: {sender}\nTo: {to}\nSubject: Hello\nDate: Wed, {day} May 2024 10:00:00 +0200\n{more}\n{text}\n"


def mbox(*mails: str) -> str:
    return "".join(f"From - Wed May 01 10:00:00 2024\n{one}\n" for one in mails)


def test_only_the_users_own_mails_are_read(read):
    content = mbox(mail("We went home early."), mail("You should have stayed.", BEN, ANNA), mail("It was late.", day=2))
    found = read("a.mbox", content, "anna@example.com")
    assert [line.text for line in found.lines] == ["We went home early.", "It was late."]
    assert found.left_out == {"message of somebody else": 1}
    assert found.kind == "mailbox"
    assert found.last - found.first == 24 * 3600


def test_the_user_is_known_by_name_or_address_in_any_case(texts):
    for me in ("ANNA@example.com", "anna meier", "Anna  Meier"):
        assert texts("a.mbox", mbox(mail("We went home early.")), me) == ["We went home early."]


def test_encoded_names_are_known(texts):
    content = mbox(mail("We went home early.", "=?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <j@example.com>"))
    assert texts("a.mbox", content, "Jürgen Müller") == ["We went home early."]


@pytest.mark.parametrize(
    "tail",
    [
        "> quoted by somebody\n>> and by another",
        "On 3 May 2024, at 10:30, Ben <ben@example.org> wrote:\n> You went\n",
        "On Fri, May 3, 2024 at 10:30 AM Ben and a very long name\n<ben@example.org> wrote:\n\nYou went",
        "Am 03.05.24 um 10:30 schrieb Ben:\n> Ihr seid\n",
        "Am Freitag, 3. Mai 2024 schrieb Ben <ben@example.org>:\nIhr seid gegangen",
        "-----Original Message-----\nFrom: Ben\nSent: today\nYou went",
        "-----Ursprüngliche Nachricht-----\nVon: Ben",
        "________________________________\nFrom: Ben\nSent: today\n",
        "From: Ben\nSent: Monday\nTo: Anna\nSubject: Home\n\nYou went",
        "Von: Ben\nGesendet: Montag\nAn: Anna\n\nIhr seid",
        "-- \nAnna Meier\nHead of everything",
        "---------- Forwarded message ----------\nFrom: Ben",
        "Begin forwarded message:\nFrom: Ben",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
    ],
)
def test_quotations_and_signatures_are_cut(texts, tail):
    assert texts("a.mbox", mbox(mail(f"We went home early.\n\n{tail}")), "anna@example.com") == ["We went home early."]


def test_answers_between_quotations_are_kept(texts):
    body = "On 3 May 2024, Ben wrote:\n> Did you go?\nWe did go home.\n> And then?\nThen we slept."
    assert texts("a.mbox", mbox(mail(body)), "anna@example.com") == ["We did go home.", "Then we slept."]


def test_wrapped_lines_are_put_together_and_from_is_restored(texts):
    body = "We went home early, since it was late and the night was cold and\nlong for us.\n\n>From then on we slept."
    assert texts("a.mbox", mbox(mail(body)), "anna@example.com") == [
        "We went home early, since it was late and the night was cold and long for us.",
        "From then on we slept.",
    ]


def test_charsets_are_those_declared(texts):
    plain = mail("X", more="Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n")
    content = mbox(plain).encode().replace(b"\nX\n", "\nDie Straße ist schön.\n".encode("latin-1"))
    assert texts("a.mbox", content, "anna@example.com") == ["Die Straße ist schön."]
    unknown = mail("We went home early.", more="Content-Type: text/plain; charset=nonsense\n")
    assert texts("b.mbox", mbox(unknown), "anna@example.com") == ["We went home early."]


def test_what_does_not_fit_the_declared_charset_is_left_out(read):
    content = mbox(mail("X\nWe went home early.")).encode().replace(b"\nX\n", b"\nDie Stra\xdfe ist schmal.\n")
    found = read("a.mbox", content, "anna@example.com")
    assert [line.text for line in found.lines] == ["We went home early."]
    assert found.left_out == {"line with damaged characters": 1}


def multipart(*parts: str, kind: str = "mixed") -> str:
    return "".join(f"--XX\n{part}\n" for part in parts) + "--XX--\n"


HEADER = 'Content-Type: multipart/{}; boundary="XX"\n'


def test_html_is_read_where_there_is_no_plain_text(texts):
    html = "Content-Type: text/html; charset=utf-8\n\n<p>We went home early.</p><blockquote>You went</blockquote>"
    plain = "Content-Type: text/plain; charset=utf-8\n\nWe stayed at home."
    both, alone = multipart(plain, html), multipart(html)
    assert texts("a.mbox", mbox(mail(both, more=HEADER.format("alternative"))), "anna@example.com") == [
        "We stayed at home."
    ]
    assert texts("b.mbox", mbox(mail(alone, more=HEADER.format("mixed"))), "anna@example.com") == [
        "We went home early."
    ]


def test_attachments_are_ignored(texts):
    attached = (
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nThis was attached to it.",
        "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + b64encode(bytes(99)).decode(),
    )
    body = multipart("Content-Type: text/plain\n\nWe went home early.", *attached)
    assert texts("a.mbox", mbox(mail(body, more=HEADER.format("mixed"))), "anna@example.com") == ["We went home early."]


def test_mails_inside_a_mail_are_somebody_elses(texts):
    inside = "Content-Type: message/rfc822\n\nFrom: Ben <ben@example.org>\nSubject: Hello\n\nYou should have stayed."
    body = multipart("Content-Type: text/plain\n\nWe went home early.", inside)
    assert texts("a.mbox", mbox(mail(body, more=HEADER.format("mixed"))), "anna@example.com") == ["We went home early."]


def test_prose_that_begins_like_an_attribution_is_kept(texts):
    body = "Am Montag schrieb ich ihr einen langen Brief:\nWir gehen nach Hause."
    assert texts("a.mbox", mbox(mail(body)), "anna@example.com") == body.split("\n")


@pytest.mark.parametrize(
    "damage",
    [
        (b"Subject:", b"From: =?ut\xf6-8?b?SsO8?= <b@example.com>\nSubject:"),
        (b"charset=x", b"charset*=utf-8''x"),
        (b"charset=x", b"charset*0*=''%ff; charset=idna"),
        (b"Wed, 1 May 2024 10:00:00 +0200", b"Wed, 99999999999 May 2024 99:00:00 +9999"),
        (b"base64", b"base64; \xff"),
        (b"UTF-8", b"=?\x00?="),
    ],
)
def test_damaged_headers_do_not_end_the_reading(read, damage):
    more = "Content-Type: text/plain; charset=x\nContent-Transfer-Encoding: base64\nX: UTF-8\n"
    first = mail("V2Ugd2VudCBob21lIGVhcmx5Lg==", more=more)
    content = mbox(first, mail("It was late, and cold.")).encode()
    assert damage[0] in content
    found = read("a.mbox", content.replace(*damage), "anna@example.com")
    assert "It was late, and cold." in [line.text for line in found.lines]


def test_a_single_mail_is_read(texts):
    assert texts("a.eml", mail("We went home early."), "anna@example.com") == ["We went home early."]


def test_a_mailbox_without_an_ending_is_known_by_its_beginning(texts):
    assert texts("Sent", mbox(mail("We went home early.")), "anna@example.com") == ["We went home early."]


def test_without_a_name_the_likeliest_are_named(read):
    content = mbox(*[mail(f"Hello {i}", "c@example.net", "anna@example.com") for i in range(3)], mail("We went home."))
    found = read("a.mbox", content)
    assert found.people[0] == "anna@example.com"
    problem = found.problem
    assert "Say which address is yours" in problem
    assert "it is likely one of: anna@example.com" in problem


def test_a_name_that_does_not_occur_gets_those_that_do(read):
    senders = [f"p{i}@example.com" for i in range(7) for _ in range(9 - i)]
    problem = read("a.mbox", mbox(*[mail("Hello", sender) for sender in senders]), "anna@example.com").problem
    assert "Nothing in" in problem
    assert problem.endswith("p0@example.com, p1@example.com, p2@example.com, p3@example.com, p4@example.com.")


@pytest.mark.parametrize(
    "content",
    [
        b"no mailbox at all\n",
        bytes(range(1, 256)),
        b"From \n\n\nFrom \n",
        b"From x\nxx: y\n\nFrom",
        b"From " + b"a" * 99999,
    ],
)
def test_a_damaged_mailbox_is_a_problem(read, content):
    problem = read("a.mbox", content, "anna@example.com").problem
    assert "a.mbox" in problem
    assert "export it again" in problem


def test_the_memory_for_a_mailbox_does_not_grow_with_it(tmp_path: Path):
    attachment = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + ("A" * 76 + "\n") * 13_000
    body = multipart("Content-Type: text/plain\n\nWe went home early.", attachment)
    one = mbox(mail(body, more=HEADER.format("mixed")))
    peaks = []
    for count in (1, 1, 30):  # the first reads modules, too
        path = tmp_path / f"{count}.mbox"
        path.write_text(one * count)
        tracemalloc.start()
        (found,) = gather([path], ("en",), Options(("anna@example.com",)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(found.lines) == count
    assert peaks[2] - peaks[1] < 2 * len(one)
