"""Of chats only the user's messages are read, in all forms that they are exported in."""

import json
import os
from datetime import datetime

import pytest

from autocomplete.importers import Options, gather

ANDROID = """31.12.20, 21:15 - Nachrichten sind Ende-zu-Ende-verschlüsselt.
31.12.20, 21:15 - Anna Meier: Wir gehen jetzt nach Hause
und schlafen dann.
31.12.20, 21:16 - Ben: Bis morgen!
1.1.21, 09:05 - Anna Meier: <Medien ausgeschlossen>
1.1.21, 09:06 - Anna Meier: Schönes neues Jahr! <Diese Nachricht wurde bearbeitet.>
1.1.21, 09:07 - Ben hat die Gruppe verlassen
"""
IOS = """[12/31/20, 9:15:03\u202fPM] Anna Meier: We go home now
[12/31/20, 9:16:00\u202fPM] Ben: See you
\u200e[1/1/21, 9:05:00\u202fAM] Anna Meier: \u200eimage omitted
[1/1/21, 9:06:00\u202fAM] ~\u202fAnna Meier: Happy new year to all of you!
"""


def local(*parts: int) -> float:
    return datetime(*parts).timestamp()  # noqa: DTZ001


def test_german_android_chats_are_read(read):
    found = read("a.txt", ANDROID, "Anna Meier")
    assert [(line.text, line.time) for line in found.lines] == [
        ("Wir gehen jetzt nach Hause", local(2020, 12, 31, 21, 15)),
        ("und schlafen dann.", local(2020, 12, 31, 21, 15)),
        ("Schönes neues Jahr!", local(2021, 1, 1, 9, 6)),
    ]
    assert found.kind == "WhatsApp chat"
    assert found.left_out == {"message of somebody else": 1, "message without text": 1}


def test_english_ios_chats_are_read(read):
    found = read("a.txt", IOS, "anna meier")
    assert [(line.text, line.time) for line in found.lines] == [
        ("We go home now", local(2020, 12, 31, 21, 15, 3)),
        ("Happy new year to all of you!", local(2021, 1, 1, 9, 6)),
    ]


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("31/12/2020, 21:15 - ", (2020, 12, 31, 21, 15)),
        ("12/31/20, 9:15 PM - ", (2020, 12, 31, 21, 15)),
        ("1/2/20, 12:15 AM - ", (2020, 1, 2, 0, 15)),
        ("1/2/20, 12:15 - ", (2020, 2, 1, 12, 15)),
        ("2020-12-31, 21:15 - ", (2020, 12, 31, 21, 15)),
        ("[31.12.20, 21:15:03] ", (2020, 12, 31, 21, 15, 3)),
        ("[31/12/2020, 9:15:03 p.m.] ", (2020, 12, 31, 21, 15, 3)),
    ],
)
def test_dates_are_read_in_all_orders(read, header, parts):
    (line,) = read("a.txt", f"{header}Anna: We go home now", "Anna").lines
    assert (line.text, line.time) == ("We go home now", local(*parts))


def test_nonsense_dates_leave_the_files_time(read):
    (line,) = read("a.txt", "99.99.99, 21:15 - Anna: We go home now", "Anna").lines
    assert line.time > local(2020, 1, 1)


def test_a_chat_without_a_name_or_with_a_wrong_one_names_those_that_wrote(read):
    found = read("a.txt", ANDROID)
    assert found.problem.endswith("it is likely one of: Anna Meier, Ben.")
    assert found.people == ("Anna Meier", "Ben")
    problem = read("a.txt", ANDROID, "Clara").problem
    assert "is called Clara" in problem
    assert problem.endswith("Anna Meier, Ben.")


TELEGRAM = {
    "name": "Ben",
    "type": "personal_chat",
    "id": 7,
    "messages": [
        {"type": "service", "actor": "Anna", "action": "phone_call"},
        {
            "type": "message",
            "from": "Anna",
            "from_id": "user1",
            "date_unixtime": "1600000000",
            "text": "We go home now",
        },
        {"type": "message", "from": "Ben", "from_id": "user2", "date_unixtime": "1600000001", "text": "See you"},
        {
            "type": "message",
            "from": "Anna",
            "from_id": "user1",
            "date_unixtime": "1600000002",
            "text": ["It is ", {"type": "bold", "text": "very"}, " late ", {"type": "code", "text": "print"}, "!"],
        },
        {"type": "message", "from": "Anna", "from_id": "user1", "forwarded_from": "Clara", "text": "Read this"},
        {"type": "message", "from": "Anna", "from_id": "user1", "text": ""},
    ],
}


@pytest.mark.parametrize("me", ["Anna", "user1", "1"])
def test_telegram_exports_are_read(read, me):
    for content in (TELEGRAM, {"chats": {"list": [TELEGRAM]}}):
        found = read("result.json", json.dumps(content), me)
        assert [(line.text, line.time) for line in found.lines] == [
            ("We go home now", 1.6e9),
            ("It is very late \ufffc!", 1.6e9 + 2),
        ]
        assert found.left_out == {"message of somebody else": 1, "message without text": 1, "forwarded message": 1}


def test_a_telegram_export_without_the_user_names_those_that_wrote(read):
    assert read("result.json", json.dumps(TELEGRAM)).problem.endswith("it is likely one of: Anna, Ben.")
    assert "is called Clara" in read("result.json", json.dumps(TELEGRAM), "Clara").problem


def test_odd_telegram_exports_are_problems(read):
    for content in (
        {"messages": []},
        {"messages": [1, None, {"from": 3}]},
        {"chats": {"list": 3}},
        {"chats": {}},
        {"messages": [{"from": "Anna", "text": [None, 3, {"text": None}], "date_unixtime": []}]},
    ):
        assert read("result.json", json.dumps(content), "Anna").problem != ""


@pytest.mark.parametrize("when", ["1e300", "inf", "-inf", "nan", "-5", "0", "99999999999", 1e300, True, "9" * 400])
def test_a_date_that_no_clock_showed_is_none(read, when):
    message = {"from": "Anna", "text": "We went home", "date_unixtime": when}
    found = read("a.json", json.dumps({"messages": [message]}), "Anna")
    assert found.first == found.last == found.path.stat().st_mtime


@pytest.mark.parametrize("date", ["31.12.0000", "1.1.1900", "31.12.9999", "99.99.99", "31.12.2999"])
def test_a_day_of_another_age_is_none(read, date):
    found = read("a.txt", f"{date}, 21:15 - Anna: We went home", "Anna")
    assert [line.text for line in found.lines] == ["We went home"]
    assert found.first == found.path.stat().st_mtime


def test_a_file_from_the_future_is_dated_as_unknown(tmp_path, read):
    read("a.txt", "We went home")
    os.utime(tmp_path / "a.txt", (2**40, 2**40))
    (found,) = gather([tmp_path / "a.txt"], ["en"], Options())
    assert found.first == 0


def test_names_of_strangers_do_not_spill_into_the_sentence(read):
    messages = [{"from": "Ben\n\x1b[31m" + "n" * 100_000, "text": "See you"}]
    problem = read("a.json", json.dumps({"messages": messages}), "Anna").problem
    assert "Ben \ufffd[31mnnn" in problem
    assert len(problem) < 500


@pytest.mark.parametrize("question", ["Wie ist das WLAN-Passwort?", "Schick mir mal das Passwort"])
def test_the_answer_to_somebody_who_asks_for_a_password_is_not_read(read, question):
    messages = ["Ben: " + question, "Anna: zaunwinde", "Anna: Wir gehen jetzt nach Hause"]
    chat = "".join(f"1.1.21, 09:0{minute} - {message}\n" for minute, message in enumerate(messages))
    assert [line.text for line in read("a.txt", chat, "Anna").lines] == ["Wir gehen jetzt nach Hause"]


def test_the_answer_in_a_telegram_chat_is_not_read(read):
    texts = [("Ben", "What's the password?"), ("Anna", "quillfeather"), ("Anna", "We go home now, see you")]
    messages = [{"type": "message", "from": sender, "text": text, "date_unixtime": "5"} for sender, text in texts]
    found = read("result.json", json.dumps({"messages": messages}), "Anna")
    assert [line.text for line in found.lines] == ["We go home now, see you"]
