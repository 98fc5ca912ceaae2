"""A phone that rings: Ruth's, on which whoever answers speaks, presses keys and hangs up, through the functions."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.calls import agreeing
from functions import call_status, voice
from tests import twiml, webhooks
from tests.cast import ALICES_NUMBER, RUTHS_PHONE
from tests.rows import rows
from tests.story import Story


def agree_to_calls(story: Story) -> None:
    """Ruth has told Alice that calls are welcome."""
    with story.wired.database.session() as session:
        alice, ruth = session.get_one(Coach, story.cast.alice), session.get_one(Client, story.cast.ruth)
        agreeing.told(session, alice, ruth, story.wired.clock.now())


@dataclass
class Line:
    """One call, as the carrier plays it: what was heard so far, and where the next word or key goes."""

    story: Story
    sid: str
    inbound: bool = False
    heard: list[str] = field(default_factory=list)
    going_on: str = ""
    over: bool = False
    records: bool = False
    languages: set[str] = field(default_factory=set)
    caller: dict[str, str] = field(default_factory=dict)

    def answer(self, by: str = "human") -> "Line":
        """Somebody, or something, takes the call."""
        self._post(self.going_on, AnsweredBy=by)
        return self

    def press(self, keys: str) -> "Line":
        """A key."""
        self._post(self.going_on, Digits=keys)
        return self

    def say(self, words: str, confidence: str = "0.93") -> "Line":
        """Words."""
        more = {"Confidence": confidence} if confidence else {}
        self._post(self.going_on, SpeechResult=words, **more)
        return self

    def silence(self) -> "Line":
        """Nothing."""
        self._post(self.going_on)
        return self

    def leave(self, seconds: str = "7", sid: str = "RE" + "a" * 32) -> "Line":
        """A message after the tone."""
        url = f"https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/{sid}"
        self._post(self.going_on, RecordingUrl=url, RecordingDuration=seconds, Digits="#")
        return self

    @property
    def last(self) -> str:
        """What was said last, in one."""
        return self.heard[-1]

    def _post(self, address: str, **told: str) -> None:
        url = urlsplit(address)
        event = webhooks.call(
            self.story.wired.settings, self.sid, url.path, url.query, inbound=self.inbound, **self.caller, **told
        )
        answer = voice.handler(event, None)
        assert answer["statusCode"] == 200, answer
        self._play(twiml.check(answer["body"]))
        self.story.send()

    def _play(self, response: ElementTree.Element) -> None:
        said = list(response.iter("Say"))
        self.languages |= {say.get("language", "") for say in said}
        self.heard.append(" ".join(say.text or "" for say in said))
        gather, record = response.find("Gather"), response.find("Record")
        self.records = record is not None
        asks = gather if gather is not None else record
        self.going_on = asks.get("action", "") if asks is not None else ""
        self.over = asks is None


def ringing(story: Story) -> Line:
    """The call that was placed last."""
    place = len(story.wired.caller.placed)
    call = story.wired.caller.placed[-1]
    base = story.wired.settings.webhook_url
    line = Line(story, story.wired.caller.sid(place))
    line.going_on = f"{base}/twilio/voice/call?step=answered&message={call.message_id}"
    return line


def calls_in(story: Story, phone: str = RUTHS_PHONE, sid: str = "CA" + "f" * 32) -> Line:
    """Somebody calls Alice's number."""
    line = Line(story, sid, inbound=True, caller={"From": phone, "Caller": phone})
    line.going_on = f"{story.wired.settings.webhook_url}/twilio/voice/call"
    return line.silence()


def report(story: Story, status: str, **told: str) -> dict[str, Any]:
    """The carrier reports how far the call placed last has come."""
    place = len(story.wired.caller.placed)
    call = story.wired.caller.placed[-1]
    event = webhooks.call(
        story.wired.settings,
        story.wired.caller.sid(place),
        "/twilio/voice/status",
        f"message={call.message_id}",
        CallStatus=status,
        **told,
    )
    answer = call_status.handler(event, None)
    story.send()
    return answer


def calls(story: Story) -> list[Any]:
    """The rows of our calls, oldest first."""
    return sorted(
        rows(story.wired.database, tables.message, channel="call", direction="out", answers_id=None),
        key=lambda row: row.id,
    )


__all__ = ["ALICES_NUMBER", "Line", "agree_to_calls", "calls", "calls_in", "report", "ringing"]
