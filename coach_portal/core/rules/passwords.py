"""Which passwords are refused: too short, absurdly long, or among the first a guesser tries.

No rules of composition and no expiry: they make passwords worse (NIST SP 800-63B; OWASP ASVS 6.2).
"""

import re
from itertools import pairwise
from typing import Literal

SHORTEST = 8
LONGEST = 1024

Problem = Literal["too_short", "too_long", "common"]

# What the lists of leaked passwords begin with, reduced to the word inside: digits and signs at either end and the
# usual swaps (0 for o, 1 for i) are taken off before comparing, so that one word here stands for thousands there.
_COMMON = """
password passwort passwd passphrase letmein letmeinnow welcome welcomeback changeme secret topsecret default
administrator admin adminadmin user username guest test testtest testing demo login signin master access
qwerty qwertz azerty qwertyuiop qwertyui asdfghjkl asdfasdf zxcvbnm zxcvbn qazwsx qazwsxedc qweasd qweasdzxc
iloveyou iloveu loveyou loveme lovely sunshine princess princesa football baseball basketball softball hockey
soccer superman batman spiderman pokemon starwars dragon monkey shadow michael jordan michelle jennifer jessica
ashley amanda nicole daniel charlie thomas robert matthew andrew joshua george harley hunter ranger buster
trustno whatever freedom liberty computer internet samsung google facebook linkedin twitter microsoft windows
cheese chocolate butterfly flower summer winter spring autumn monday friday january december diamond orange
purple yellow silver golden mustang corvette ferrari porsche mercedes maverick phoenix eagle tigger chelsea
arsenal liverpool barcelona yankees cowboys steelers lakers jesus jesuschrist blessed angel angels heaven
babygirl babyboy lovebug sweetie cookie pepper ginger snoopy garfield killer fuckyou asshole abcdefgh abcdef
abcd abc coach coaching coachportal portal contrasena contraseña hola teamo tequiero amor bonita estrella
"""
COMMON = frozenset(_COMMON.split())
_SWAPS = str.maketrans("013457@$!", "oieastasi")


def problem_with(password: str) -> Problem | None:
    """Why this password is refused, if it is."""
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    return "common" if is_common(password) else None


def is_common(password: str) -> bool:
    """Whether a guesser would come to it soon: a well-known word with trimmings, one character, or a plain sequence."""
    folded = password.casefold()
    if len(set(folded)) <= 2 or _is_sequence(folded):
        return True
    forms = {folded, folded.translate(_SWAPS)}
    return any(_word_inside(form) in COMMON for form in forms | {_word_inside(folded).translate(_SWAPS)})


def _word_inside(password: str) -> str:
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)


def _is_sequence(password: str) -> bool:
    steps = {ord(second) - ord(first) for first, second in pairwise(password)}
    digits_only = password.isdigit() and len(password) < 12
    return steps in ({1}, {-1}) or digits_only
