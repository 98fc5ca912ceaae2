"""How a client wants to be texted, said in a text: fewer, only weekdays, mornings are bad, evenings only.

Language data stands apart, in `en.py` and `es.py`; a third language is one more file.
"""

from coach_portal.core.rules.wishes.hearing import Heard, Wish, hear, says_nothing_more

__all__ = ["Heard", "Wish", "hear", "says_nothing_more"]
