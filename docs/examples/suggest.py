"""What to suggest for a text as it grows, and what was probably meant by a word with a slip in it."""

import autocomplete

completer = autocomplete.load("en")
stream = completer.stream()

stream.update("I am on my w")
for suggestion in stream.suggest(3):
    print(f"{suggestion.text}: {suggestion.probability:.2f}")

stream.update("Please do not hesit")
print("continues with:", stream.continuation())

stream.update("I will wirte ")
correction = stream.correct()
if correction is not None:
    print(f"{correction.typed}, or rather {correction.text} ({correction.confidence:.2f})")
