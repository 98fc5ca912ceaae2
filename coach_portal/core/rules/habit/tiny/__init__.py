"""Whether a goal is small enough for a worst day, and what would be. A question to the coach, never a refusal.

Ability is one of the three things a behaviour needs, and the one a coach can always provide (Fogg's B = MAP, a design
model without a strong trial: docs/method.md). The sizes are in `en.py` and `es.py`; a third language is one more file.
"""

from coach_portal.core.rules.habit.tiny.judging import Smaller, smaller

__all__ = ["Smaller", "smaller"]
