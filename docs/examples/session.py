"""A front of your own: the session says what a key does, and what to show; the front carries it out."""

import autocomplete
from autocomplete import Edit, Origin, Position

stream = autocomplete.load("en").stream()
text = autocomplete.PlainText()
session = autocomplete.TypingSession(text)


def carry_out(edit: Edit, origin: Origin = Origin.TYPED) -> None:
    line = session.cursor.line
    with session.carrying_out(edit, origin):
        session.changed(text.replace(Position(line, edit.start), Position(line, edit.end), edit.text))


for seconds, key in enumerate("I am on my w"):
    carry_out(session.type(key, now=seconds))
print("suggested:", session.suggest(stream))

accepted = session.accept(0)
if accepted is not None:
    carry_out(accepted, Origin.ACCEPTED)
carry_out(session.type(".", now=60))  # moves in front of the space that came with the word
print("written:", text)
print("keystrokes saved:", session.tally.saved)
