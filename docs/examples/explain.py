"""Which words of the text speak for a suggestion, and how much of each is still in the LSTM's memory."""

import autocomplete

stream = autocomplete.load("en").stream()
stream.update("The train was late, so I waited at the st")
explanation = autocomplete.explain(stream)

best = explanation.candidates[0]
print(f"{best.text} ({best.probability:.2f}), because of:")
for part in sorted(explanation.parts, key=lambda part: part.shares[0], reverse=True)[:3]:
    print(f"{part.label}: {part.shares[0]:.2f} of what speaks for it, {part.kept[-1]:.2f} of it kept")
