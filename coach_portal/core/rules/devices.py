"""What a browser calls itself, in words a coach recognises: "Firefox on Windows"."""

from typing import Final

# The order decides, since every browser also names those it wants to be taken for.
_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device(user_agent: str) -> str:
    """Browser and system as far as they can be told; "" where neither can. Never the caller's own words."""
    found = [next((words for sign, words in signs if sign in user_agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return " on ".join(filter(None, found))
