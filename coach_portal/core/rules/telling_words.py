"""Which words of a text could tell a goal from another: none that every text holds, whatever it is about.

"Did the doggo loop again" has two: "doggo loop". What the language files know as an answer, a day, an amount or a
filler tells nothing, and neither does a word of another goal's title.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from coach_portal.core.rules.replies.language_file import language_names, lexicon
from coach_portal.core.rules.replies.reading import Reading, read
from coach_portal.core.rules.replies.text import WORD, Token

SHORTEST = 3
MOST_WORDS, MOST_RUNS = 3, 2
"""A text with more telling words than these is a story: there is no saying which of them mean the goal."""

VOWELS = frozenset("aeiouy")
"""A word without any is a noise: "hmm"."""

_ENGLISH = """
again also although because been being came cause come could did does else even ever every few got has here how however
into its just kind kinda know last little lot lots many might more most mostly much must near off often only
other others our ours out over own quite rather really right same she should since some soon sort sorry still
such sure than that the their them then there these they thing things think those though through too under
usual usually very was were what when where which while who why will with without would you your yours today
"""
_SPANISH = """
ahora algo algun alguna antes aqui asi aunque bien cada casi como con creo cual cuando cuanto dale del desde
despues donde ella ellas ellos entonces era eran esa ese eso esta este esto fue fui hace hasta igual luego mal
mas mejor menos mientras mio mucha mucho muy nada ninguna ninguno nos otra otro para pero poco por porque pues
que quien sea segun ser siempre sin sobre solo son soy sus tal tambien tampoco tan tanto toda todo tras tuve una
uno unos usted vale vamos veces verdad vez
"""

IDLE = frozenset((_ENGLISH + _SPANISH).split())


def telling_words(text: str, other_titles: Iterable[str] = ()) -> tuple[str, ...]:
    """The telling words of a text, those that stand side by side together; none when there are too many to tell."""
    runs: list[list[str]] = [[]]
    readings = [read(text, name) for name in language_names()]
    explained = frozenset(start for reading in readings for start in _explained(reading))
    known = {token.word for title in other_titles for token in read(title, "en").tokens}
    for token in readings[0].tokens:
        if token.start in explained or token.word in known or not _could_tell(token):
            runs.append([])
        else:
            runs[-1].append(token.word)
    told = [run for run in runs if run]
    if len(told) > MOST_RUNS or sum(map(len, told)) > MOST_WORDS:
        return ()
    return tuple(" ".join(run) for run in told)


def _explained(reading: Reading) -> Iterator[int]:
    """Where the words stand that a language file knows as an answer, a day, an amount or the like."""
    for name, cues in reading.cues.items():
        if not name.startswith("c:"):  # a concept is what goals are about
            for cue in cues:
                yield from (token.start for token in reading.tokens[cue.first : cue.end])


def _could_tell(token: Token) -> bool:
    word = token.word
    return token.kind == WORD and len(word) >= SHORTEST and word not in _common_words() and not VOWELS.isdisjoint(word)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return IDLE.union(*lexicon(language_names()).classes.values())
