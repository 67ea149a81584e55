"""Candidate words from the LSTM and the n-gram memory, put together and written in the case that is wanted."""

from autocomplete.model.ngram import NGramMemory, largest
from autocomplete.predict.language import Language
from autocomplete.predict.place import Place
from autocomplete.predict.search import WordSearch
from autocomplete.text.folding import fold

# The LSTM's share of a word's probability; the rest is the n-gram memory's. Chosen on held-out text.
LSTM_SHARE = 0.6
_FROM_MEMORY = 12


def candidates(language: Language, search: WordSearch, place: Place) -> dict[str, float]:
    """Words as they would be shown, each with its probability at this place (not normalized)."""
    typed = fold(place.word)
    spelled = search.words(typed)
    memory = language.memory
    if memory is None:
        weighted = spelled
    else:
        weighted = {word: LSTM_SHARE * p for word, p in spelled.items()}
        for word, p in _remembered(memory, place, typed, list(spelled)).items():
            weighted[word] = weighted.get(word, 0.0) + (1 - LSTM_SHARE) * p
    shown: dict[str, float] = {}
    for word, p in weighted.items():
        if agrees(word, place.word):
            text = in_case(word, place, memory)
            if text != place.word:
                shown[text] = shown.get(text, 0.0) + p
    return shown


def _remembered(memory: NGramMemory, place: Place, typed: str, spelled: list[str]) -> dict[str, float]:
    """The memory's probabilities of its own best words and of those the LSTM found."""
    context: list[int] = []
    for token in place.context:
        number = memory.id(token)
        context = [*context, number] if number is not None else []
    low, high = memory.slice(typed)
    probabilities = memory.probabilities(context, low, high)
    ids = {low + int(i) for i in largest(probabilities, _FROM_MEMORY)}
    for word in spelled:
        number = memory.id(memory.usual_case(word) if place.begins_sentence else word)
        if number is not None and low <= number < high:
            ids.add(number)
    return {memory.words[i]: float(probabilities[i - low]) for i in ids}


def agrees(word: str, typed: str) -> bool:
    """Whether `word` respects the accents in `typed`: "uber" allows "über", but "über" does not allow "uber"."""
    return typed.isascii() or word.lower().startswith(typed.lower().replace("’", "'"))


def in_case(word: str, place: Place, memory: NGramMemory | None) -> str:
    """The word in the case that the typed letters or the sentence's start ask for."""
    typed = place.word
    if typed.isupper() and len(typed) > 1 and typed[1:].isalpha():
        return word.upper()
    if typed[:1].isupper() or (place.begins_sentence and not typed):
        return word[0].upper() + word[1:]
    if place.begins_sentence and memory is not None:
        return memory.usual_case(word)
    return word
