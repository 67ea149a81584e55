"""Mailboxes and mails, damaged in every way: reading them ends soon, and no time in them is absurd."""

from tests.fuzz.conftest import Fuzz
from tests.fuzz.documents import ReadAs
from tests.fuzz.mutations import mutated

_MAIL = b"""From: Anna Meier <anna@example.org>
To: =?utf-8?q?J=C3=B6rg?= <joerg@example.com>, Ben <ben@example.org>
Subject: Hello
Date: Wed, 1 May 2024 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="aa"

--aa
Content-Type: multipart/alternative; boundary="bb"

--bb
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

We would like to go home, J=F6rg.

On 3 May 2024, at 10:30, Ben <ben@example.org> wrote:
> You should have stayed.
--
Anna
--bb
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+V2Ugd291bGQgbGlrZTwvcD48ZGl2IGNsYXNzPSJnbWFpbF9xdW90ZSI+eDwvZGl2Pg==
--bb--
--aa
Content-Type: message/rfc822

From: Ben <ben@example.org>

Forwarded
--aa--
"""
_PLAIN = b"From: anna@example.org\nDate: Thu, 2 May 2024 11:00:00 GMT\n\nThey would like it.\n"
_SEPARATOR = b"From - Wed May 01 10:00:00 2024\n"
_NASTY = (
    b"boundary=",
    b"multipart/mixed; boundary=aa\n\n--aa\nContent-Type: ",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Type: text/html\n\n",
    b"charset=utf-7",
    b"charset=idna",
    b"charset=undefined",
    b"base64",
    b"=?utf-8?b?",
    b"=?x?q?=?=",
    b"01 Jan 99999 10:00:00 +9999",
    b"Fri, 31 Dec 0000 00:00:00 -0000",
    b"From ",
    _SEPARATOR,
    b"filename*0=",
)


def test_mail(fuzz: Fuzz, read_as: ReadAs) -> None:
    fuzz(mutated([_MAIL, _PLAIN], _NASTY), read_as("a.eml"))


def test_mailbox(fuzz: Fuzz, read_as: ReadAs) -> None:
    both = b"\n".join(_SEPARATOR + mail for mail in (_MAIL, _PLAIN))
    fuzz(mutated([both, _SEPARATOR + _PLAIN], _NASTY), read_as("a.mbox"))
