"""What was just done, said once at the head of the next page, with a way back where there is one."""

from collections.abc import Mapping, Sequence

from flask import flash

Fields = Mapping[str, str | Sequence[str]]


def say(words: str, undo: str = "", fields: Fields | None = None) -> None:
    """Say it; `undo` is the address that takes it back, and `fields` what to send there."""
    pairs = [(name, value) for name, given in (fields or {}).items() for value in _several(given)]
    flash({"words": words, "undo": undo, "fields": pairs})  # type: ignore[arg-type]  # any JSON will do


def _several(given: str | Sequence[str]) -> Sequence[str]:
    return [given] if isinstance(given, str) else given
