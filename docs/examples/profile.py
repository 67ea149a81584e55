"""What somebody writes changes what they are offered, until they take it back."""

import time

import autocomplete

with autocomplete.Profile.open("profile") as profile:
    line = autocomplete.Line("We row on the Zwischenahner Meer.", language="en", time=time.time())
    profile.learn([line, line], document="diary.txt")

    completer = autocomplete.load("en", profile=profile)
    print("learned:", [suggestion.text for suggestion in completer.suggest("We row on the Zw")])

    profile.forget_word("Zwischenahner")
    print("forgotten:", [suggestion.text for suggestion in completer.suggest("We row on the Zw")])
