"""R8 to R10: where no automatic space belongs, and how opening and closing marks are told apart."""

import pytest


@pytest.mark.parametrize(
    ("typed", "word", "text"),
    [
        ("see www.exam", "example", "see www.example"),
        ("(www.", "example", "(www.example"),
        ("https://exa", "example", "https://example"),
        ("http://example.com/ind", "index", "http://example.com/index"),
        ("visit example.co", "com", "visit example.com"),
        ("mail me@exam", "example", "mail me@example"),
        ("/usr/loc", "local", "/usr/local"),
        ("~/not", "notes", "~/notes"),
        ("../not", "notes", "../notes"),
        ("C:\\Us", "Users", "C:\\Users"),
        ("home/notes/to", "today", "home/notes/today"),
        ("read notes.tx", "txt", "read notes.txt"),
    ],
)
def test_r08_a_pick_in_an_address_or_a_path_puts_no_space(typist, typed, word, text):
    assert typist.type(typed).pick(word).page == f"{text}|"


def test_r08_the_rest_of_an_address_is_typed_as_it_is(typist):
    assert typist.type("www.exam").pick("example").type(".com").page == "www.example.com|"


def test_r08_no_space_is_put_before_a_pick_in_an_address(typist):
    assert typist.type("https://www.").pick("example").page == "https://www.example|"


@pytest.mark.parametrize(
    ("typed", "word", "text"),
    [
        ("this and/o", "or", "this and/or "),
        ("wait...wha", "what", "wait...what "),
        ("@an", "anna", "@anna "),
        ("www.example.com an", "and", "www.example.com and "),
        ("3.5k", "kg", "3.5kg "),
    ],
)
def test_r08_prose_with_a_slash_or_dots_is_no_address(typist, typed, word, text):
    assert typist.type(typed).pick(word).page == f"{text}|"


@pytest.mark.parametrize(
    "opening", ['"', "'", "“", "„", "‘", "‚", "«", "»", "‹", "(", "[", "{", '("', "“‘", "„‚"]
)
def test_r09_a_pick_behind_an_opening_mark_gets_no_space_before_it(typist, opening):
    assert typist.type(f"say {opening}").pick("yes").page == f"say {opening}yes |"


@pytest.mark.parametrize(
    "quoted", ['"no"', "“no”", "„no“", "„no”", "«no»", "»no«", "(no)", "‚no‘", "“‘no’”"]
)
def test_r09_a_pick_behind_a_closing_mark_gets_a_space_before_it(typist, quoted):
    assert typist.type(quoted).pick("again").page == f"{quoted} again |"


@pytest.mark.parametrize(
    ("opening", "closing"),
    ['""', "''", "“”", "„“", "‘’", "‚‘", "«»", "»«", "‹›", "()", "[]", "{}"],
)
def test_r09_a_closing_mark_after_a_pick_takes_the_space_back(typist, opening, closing):
    typist.type(f"say {opening}hel").pick("hello").press(closing)
    assert typist.page == f"say {opening}hello{closing} |"


def test_r09_quotes_are_counted_to_know_which_is_which(typist):
    typist.type('"').pick("yes").press('"').type('"').pick("no").press('"')
    assert typist.page == '"yes" "no" |'
    typist.open("|").type("„").pick("ja").press("“").type("„").pick("nein").press("“")
    assert typist.page == "„ja“ „nein“ |"


def test_r09_an_inner_quote_ends_with_the_outer_one(typist):
    assert typist.type("„so 'was ").pick("heute").press("“").page == "„so 'was heute“ |"


def test_r09_quotes_may_nest_and_a_long_row_of_them_stays_quick(typist):
    assert typist.open("„„„“““|").pick("so").page == "„„„“““ so |"
    assert typist.open("„" * 100_000 + "x|").pick("so").press("“").text.endswith("„so“ ")


@pytest.mark.parametrize("before", ["don't ", 'a 15" screen ', "the '90s ", "rock 'n' roll "])
def test_r09_apostrophes_and_inch_marks_open_nothing(typist, before):
    mark = '"' if '"' in before else "'"
    assert typist.type(before).pick("dog").press(mark).page == f"{before}dog {mark}|"


def test_r09_a_new_word_keeps_its_distance_from_an_opening_mark_behind_it(typist):
    assert typist.open('say |"hi"').pick("only").page == 'say only |"hi"'
    assert typist.open("say |(hi)").pick("only").page == "say only |(hi)"
    assert typist.open('say "|"').pick("hi").page == 'say "hi|"'


@pytest.mark.parametrize(
    "text", ["15:50", "3.14", "1,000", "example.com", "well,no", "wait...", "a;b", ":)", "what?!"]
)
def test_r10_typed_punctuation_gets_no_space(typist, text):
    assert typist.type(text).page == f"{text}|"


def test_r10_the_space_comes_with_the_pick_instead(typist):
    assert typist.type("Well,").pick("yes").page == "Well, yes |"
    assert typist.open("at 15|").pick("minutes").page == "at 15 minutes |"
    assert typist.open("z.B.|").pick("morgen").page == "z.B. morgen |"


@pytest.mark.parametrize("before", ["a/", "#", "word ", "_", "–", "😀"])
def test_r10_other_marks_bring_no_space_before_a_pick(typist, before):
    assert typist.open(f"{before}|").pick("mail").page == f"{before}mail |"


@pytest.mark.parametrize(("typed", "word"), [("e-", "e-mail"), ("don'", "don't"), ("it’", "it’s")])
def test_r10_a_hyphen_or_an_apostrophe_behind_letters_is_part_of_the_word(typist, typed, word):
    assert typist.type(typed).pick(word).page == f"{word} |"
