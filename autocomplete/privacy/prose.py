"""What tells a sentence about a password from one that gives it: "the password is wrong", "Passwort vergessen"."""

import re

# Behind "the password is" these go on with a sentence.
_GOES_ON = """
    a an the my your his her our their this that these those it's to too in on at of for from with by as no not so
    very never only also here there below above behind under wrong correct incorrect required needed missing expired
    invalid stored safe secure weak strong used being set sent and or if when where because since while but than then
    what which who how why i i'm i've i'll i'd you you're he she it we they me us them good bad fine open available
    broken clean simple easy hard difficult poetry free use optional mandatory unknown known different same
    case-sensitive unchanged changed lost gone long short longer shorter enough more less about up off out over
    nothing something anything written printed saved hidden visible shown empty locked blocked active inactive
    disabled enabled default encrypted protected shared private public hashed accepted rejected ready due okay ok yes
    can could will would should must may might shall do does did don't doesn't didn't has have had hasn't haven't was
    were isn't wasn't are aren't can't cannot won't be been works work worked expires expire changes please thanks ein
    eine einen einem einer eines der die das dem den des mein meine meinem meinen meiner dein deine deinem deinen
    deiner sein seine seinem seinen ihr ihre ihrem ihren unser unsere unserem unseren euer eure dies diese dieses
    diesem diesen dass daß zu zum zur im am auf aus für fürs von vom mit bei beim nach ohne über unter vor hinter kein
    keine keinen nicht nichts noch nur auch immer nie nochmal jetzt hier da dort unten oben falsch richtig korrekt
    nötig notwendig erforderlich abgelaufen ungültig gültig sicher unsicher schwach stark und oder aber wenn weil als
    wer wie wo ich du er sie es wir man mir dir uns euch alle allen verwenden benutzen genommen weg leer lang kurz
    länger kürzer einfach schwer leicht schwierig bekannt unbekannt gleich dasselbe geheim verloren gesperrt aktiv hat
    haben hatte habe ist sind war waren wird wurde wurden werden kann kannst können konnte muss musst müssen soll
    sollte darf lautet heißt bitte danke geht gilt stimmt stehen steht liegt läuft passt fehlt klappt funktioniert
    kommt brauche brauchst braucht weiß weißt willst möchte möchtest wäre würde doch mal schon sehr zwar daher deshalb
    damit dann
"""
# Behind the bare noun these make a longer noun of it, or say what is done with it.
_MAKES_NOUN = """
    still is was are were isn't wasn't every each before after during per via regelmäßig häufig oft sofort später
    manager managers protection protected protect policy policies reset resets recovery field box prompt generator
    hash hashes strength length change changed changing update file files list book entry hint hints page form screen
    dialog database store vault safe storage security requirement requirements rule rules guidelines rotation
    authentication login logins request requests sharing theft leak leaks breach breaches attack attacks cracking
    cracker guessing spraying word words string strings character characters again yesterday today tomorrow tonight
    immediately soon later now once twice together anymore instead regularly often everywhere somewhere online expired
    forgotten forgot required needed wanted holder number numbers code codes entered input check checker checks
    verification management problem problems question questions issue issues settings option options system systems
    app apps tool tools sheet handling key keys dump dumps credential credentials account accounts vergessen verloren
    ändern geändert eingeben eingegeben zurücksetzen zurückgesetzt gesetzt setzen speichern gespeichert schicken
    geschickt senden gesendet wechseln gewechselt notiert notieren aufgeschrieben aufschreiben wissen kennen haben
    bekommen erhalten gefunden suchen gesucht verraten weitergeben weitergegeben teilen geteilt raten erraten knacken
    geknackt gestohlen geklaut schützen geschützt managern richtlinie richtlinien feld abfrage hinweis liste schutz
    eingabe länge wechsel änderung sicherheit heute gestern morgen wieder erneut danach vorher nötig wichtig anders
    neu alt bereits sowie bzw falls sobald nämlich selbst
"""
_STANDING = frozenset(_GOES_ON.split())
_BARE = _STANDING | frozenset(_MAKES_NOUN.split())
_ENDING = re.compile(
    r"(?:ing|ed|ly|iert|ieren|bar|lich|mäßig|weise)\Z|\A(?:ge|ver|be|ent|zer|ein|aus|an|ab|zurück)[a-zäöü]+(?:t|en)\Z"
)
_EDGES = " .,;:!?)]}(\"'“”„‘’«»"
# Lines between a question and its answer.
_FILLER = re.compile(
    r"(?:(?:hang|hold) on|wait|one|a|sec(?:ond)?|moment|mal|minute|sure|yes|yeah|yep|yup|ok(?:ay)?|of course|let me|"
    r"see|check|look|up|i'll|i|will|can|it|here|you go|ja|jo|klar|gerne?|hm+|äh+m?|ah|ach|oh|hier|bitte|please|"
    r"natürlich|sekunde|augenblick|warte|ich|schaue?|guck|kurz|nach|ein|einen|sofort|gleich|no problem|"
    r"kein problem)(?:[\s.,!…:]+|\Z)",
)


def goes_on(word: str) -> bool:
    """Whether behind "the password is" this word goes on with a sentence."""
    return word.strip(_EDGES).lower() in _STANDING


def belongs_to_noun(word: str) -> bool:
    """Whether behind "password" this word goes on with a sentence, or makes a longer noun: "password manager"."""
    bare = word.strip(_EDGES)
    return not bare or bare.lower() in _BARE or (bare.islower() and _ENDING.search(bare) is not None)


def is_filler(line: str) -> bool:
    """Whether a line only says that an answer will come: "hang on"."""
    text, at = line.strip().lower(), 0
    while at < len(text) and (match := _FILLER.match(text, at)):
        at = match.end()
    return at == len(text)
