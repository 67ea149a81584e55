"""Exported chats, damaged in every way: reading them ends soon, and no time in them is absurd."""

from tests.fuzz.conftest import Fuzz
from tests.fuzz.documents import ReadAs
from tests.fuzz.mutations import as_json, mutated

_ANDROID = """31.12.20, 21:15 - Nachrichten sind Ende-zu-Ende-verschlüsselt.
31.12.20, 21:15 - Anna: We would like to go home now
and sleep there.
31.12.20, 21:16 - Ben: See you tomorrow!
1.1.21, 09:05 - Anna: <Media omitted>
""".encode()
_IOS = """[12/31/20, 9:15:03\u202fPM] Anna: We would like to go home
[12/31/20, 9:16:00\u202fPM] Ben: See you
[1/1/21, 9:06:00\u202fAM] ~\u202fAnna: Happy new year <This message was edited>
""".encode()
_DATES = (
    b"99/99/9999",
    b"0.0.00",
    b"31.12.0001",
    b"12/31/9999",
    b"1.1.1970",
    "٣١.١٢.٢٠".encode(),
    b"[1/1/21, 99:99:99 PM] Anna: ",
)
_TELEGRAM = {
    "name": "Ben",
    "messages": [
        {"type": "message", "from": "Anna", "from_id": "user1", "date_unixtime": "1600000000", "text": "We went home."},
        {"type": "message", "from": "Ben", "from_id": "user2", "date_unixtime": "1600000001", "text": "See you"},
        {
            "type": "message",
            "from": "Anna",
            "date_unixtime": "1600000002",
            "text": ["Look at ", {"type": "link", "text": "https://example.org"}, " soon"],
        },
    ],
    "chats": {"list": [{"messages": [{"type": "message", "from": "Anna", "text": "They would like it"}]}]},
}


def test_whatsapp(fuzz: Fuzz, read_as: ReadAs) -> None:
    fuzz(mutated([_ANDROID, _IOS], _DATES), read_as("a.txt"))


def test_telegram(fuzz: Fuzz, read_as: ReadAs) -> None:
    fuzz(as_json(_TELEGRAM, ("1e300", "inf", "nan", "-1e18", "99999999999999", True)), read_as("a.json"))
