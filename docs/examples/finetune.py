"""Read what somebody wrote, learn it, and fine-tune the LSTM on it in a process of its own."""

from pathlib import Path

import autocomplete

found = autocomplete.gather([Path("letters")], ["en"], autocomplete.Options(me=("anna@example.org",)))
for file in found:
    print(f"{file.path}: {file.problem or f'{file.words} words'}")

with autocomplete.Profile.open("profile") as profile:
    print("new words:", autocomplete.learn_found(profile, found))
    tuner = autocomplete.Tuner(profile, autocomplete.model_folder("en"))
    try:
        tuner.start()
        end = tuner.wait()
    except autocomplete.TuningError as error:  # too little text, or no PyTorch
        print(error)
    else:
        print(end.report.reason if isinstance(end, autocomplete.Done) else end)
