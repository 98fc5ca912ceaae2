"""What a text-back means: text and situation in, `Understanding` out. Pure, deterministic, offline."""

from .understand import understand
from .understanding import Act, Evidence, Miss, Prompt, Situation, Understanding, Win

__all__ = ["Act", "Evidence", "Miss", "Prompt", "Situation", "Understanding", "Win", "understand"]
