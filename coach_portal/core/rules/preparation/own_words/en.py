"""English."""

TEXT = "{client}, before we talk {when}: your wins and what we agreed, if you like. {coach} {url}"
TITLE = "Before we talk {when}"
WINS = "Your wins"
GOAL = ("{title}, on one day", "{title}, on {count} days")
OTHERS = ("and one win of your own besides", "and {count} wins of your own besides")
NONE = "Nothing was told since we last spoke. That is fine: we begin where you are."
WORDS = "In your words"
AGREED = "What we agreed"
YOURS = "And you?"
ASK = "What would you like to talk about? Just answer the text, or bring it along."
FOOT = "Only whoever has this address can open it, until {until}."
