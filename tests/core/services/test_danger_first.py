"""Danger before everything else, from whoever it comes and whatever stands in the way (R11, R19 to R22, R25)."""

import re
from pathlib import Path

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.replies import understand
from coach_portal.core.rules.replies.understanding import Situation
from coach_portal.core.rules.texts import letters, safety
from coach_portal.core.services.people import clients
from tests.cast import NOW
from tests.core.rules.texts.speaking import EVERYWHERE, LOCALES

DANGER = "I want to kill myself"
NOT_AUTOMATIC = {
    "by_hand",
    "invitation",
    "help",
    "goodbye",
    "stranger",
    "supporter",
    "supporter_ask",
    "safety",
    "coach_alert",
    "coach_answer",
    "coach_note",
}
"""Kinds that a person wrote, asked for or must have, whatever is held."""
HOUSE = Path(__file__).parents[3]

# Ours, after what public crisis lines say of how people tell of danger, and of how they do not.
EXPLICIT = [
    "I want to die", "i dont want to be here anymore", "kms", "better off dead", "no reason to live",
    "killed my workout. honestly want to kill myself", "I'm not suicidal but I don't want to wake up",
    "haha I should just kill myself", "my sister wants to die", "he hit me and I'm not safe", "took all my pills",
    "quiero matarme",
]  # fmt: skip
EVERYDAY = [
    "killed my workout", "that leg day killed me", "dying to try it", "this is killing me lol", "I'm dead 😂",
    "to die for", "kill two birds with one stone", "deadline today", "deadlift PR", "cutting carbs", "on a cut",
    "cut myself some slack", "shoot, forgot", "hang in there", "give up sugar", "I'm done!", "done for today",
    "finished the suicide sprints", "bombed my pitch", "murdered that presentation", "overdosed on coffee",
    "suicide prevention walk fundraiser", "I would die of embarrassment", "battery died", "my phone is dead",
    "jump off the couch",
]  # fmt: skip


def understood(text):
    """What a text means when nothing was asked."""
    return understand(text, Situation("none", ("5 squats",), (), NOW.replace(tzinfo=None)))


@pytest.mark.parametrize("text", EXPLICIT)
def test_r20_what_tells_of_danger_is_answered(text):
    assert understood(text).risk == "explicit"


@pytest.mark.parametrize("text", EVERYDAY)
def test_r20_words_of_every_day_are_not_answered_as_danger(text):
    assert understood(text).risk != "explicit"


@pytest.mark.parametrize("before", ["STOP", "wrong number", "pause", "no thanks"])
def test_r19_it_is_screened_whatever_they_texted_before(story, before):
    story.text(before)
    assert "988" in story.text(DANGER)["body"]
    assert story.rows(tables.alert, kind="risk")


@pytest.mark.parametrize("words", [f"STOP {DANGER}", f"{DANGER}. HELP", f"YES {DANGER}", f"did 5 squats. {DANGER}"])
def test_r19_it_is_screened_though_the_text_is_also_something_else(story, words):
    story.goal(amount=5)
    assert "988" in story.text(words)["body"]
    assert story.phone() == []


def test_r19_a_number_that_is_nobodys_is_screened_too(story):
    assert "116 123" in story.text(DANGER, sender="+447700900123")["body"]
    assert story.row(tables.alert).kind == "risk"


@pytest.mark.parametrize("kind", ["check_in", "wins", "digest", "reminder", "reply"])
def test_r21_what_was_queued_before_is_held_as_well(story, kind):
    message_id = story.message(f"a {kind}", kind=kind)
    story.wired.queue.take_all()
    story.text(DANGER)
    story.wired.queue.put([message_id])
    story.send()
    assert (story.row(tables.message, id=message_id).reason, story.phone()) == ("held", [])


@pytest.mark.parametrize("kind", sorted(POLICIES.keys() - NOT_AUTOMATIC))
def test_r21_every_other_kind_of_text_knows_the_hold(kind):
    assert "held" in POLICIES[kind].silenced_by


def test_r21_nothing_they_do_is_celebrated_while_it_is_held(story):
    story.goal()
    story.text(DANGER)
    story.text("did 5 squats")
    assert story.phone() == []
    assert len(story.rows(tables.win)) == 1


@pytest.mark.parametrize("word", ["START", "resume", "I'm fine now, please go on", "hello"])
def test_r21_only_a_human_of_the_practice_lets_texts_go_again(story, word):
    story.goal()
    story.schedule("09:00")
    story.text(DANGER)
    story.text(word)
    story.it_is("2026-11-18 09:00")
    assert story.row(tables.client).held_reason == "safety"
    assert story.row(tables.message, kind="check_in").reason == "held"
    with story.wired.database.session() as session:
        coach, ruth = session.get_one(Coach, story.cast.alice), session.get_one(Client, story.cast.ruth)
        clients.clear_hold(session, coach, ruth, story.wired.clock.now())
    story.it_is("2026-11-19 09:00")
    assert "squats" in story.phone()[-1]


def everything_said(locale):
    """All that we say to anyone about danger, in one language."""
    url = "https://portal.example.com/a/1"
    answers = [
        safety.safety_answer(country, "Alice", kind, locale)
        for country in EVERYWHERE
        for kind in ("self", "other", "violence", "medical", None)
    ]
    told = [
        letters.alert_letter("Ruth", url, locale),
        letters.alert_letter("", url, locale),
        letters.alert_letter("Ruth", url, locale, lost=True),
        letters.second_letter("Alice", url, locale),
        letters.soon_letter(["Ruth", ""], url, locale),
    ]
    return [*answers, safety.coach_alert("Ruth", url, locale), *(f"{one.subject} {one.body}" for one in told)]


@pytest.mark.parametrize("locale", LOCALES)
def test_r22_we_never_claim_to_watch_to_judge_or_that_help_is_on_its_way(locale):
    templates = HOUSE / "coach_portal" / "web" / "templates"
    pages = [
        re.sub("{#.*?#}", "", (templates / name).read_text())
        for name in ("alert.html", "alert_link.html", "parts/if_you_call.html")
    ]
    claims = (
        r"help is on (its|the) way|we are watching|(?<!not )watched over|diagnos|you are safe|commit(ted)? suicide|"
        r"attempt(ed)? suicide|\bpills?\b|\brope\b|\bgun\b|la ayuda va en camino|estamos vigilando|se suicid"
    )
    for said in [*everything_said(locale), *pages]:
        assert not re.search(claims, said, re.IGNORECASE), said


def test_r25_neither_their_words_nor_their_number_leave_for_a_coachs_phone_or_mailbox(story):
    story.change(tables.coach, story.cast.alice, phone="+16175550199")
    for words in (DANGER, "I feel so hopeless"):
        story.text(words)
    story.wired.clock.move_on(minutes=20)
    story.tick()
    left = [*story.phone("+16175550199"), *(one.subject + one.body for one in story.wired.emails.sent)]
    assert len(left) >= 4
    assert not re.search(r"kill|hopeless|\+?1?617", " ".join(left))


def test_r25_nor_do_they_stand_in_the_log(story, caplog):
    caplog.set_level("DEBUG", logger="coach_portal")
    caplog.set_level("DEBUG", logger="functions")
    story.text(DANGER)
    story.wired.clock.move_on(minutes=20)
    story.tick()
    told = " ".join(str(record.__dict__) for record in caplog.records)
    assert not re.search(r"kill|6175550111|alice@example", told)


def test_r11_the_first_text_says_who_what_how_often_what_it_costs_and_the_way_out(story):
    said = story.row(tables.message, kind="invitation").body
    for part in ("Alice", "Moreau Coaching", "check-ins", "10 msgs/wk", "Msg & data rates may apply", "HELP", "STOP"):
        assert part in said
    assert "Not watched 24/7, not for emergencies" in said


@pytest.mark.parametrize("before", ["", "STOP", "no thanks"])
def test_r11_help_is_always_answered_with_the_lines(story, before):
    if before:
        story.text(before)
    story.text("HELP")
    assert "911, or 988 in a crisis" in story.phone()[-1]


def test_r11_help_from_a_number_that_is_nobodys_is_answered_too(story):
    story.text("HELP", sender="+447700900123")
    (answer,) = story.phone("+447700900123")
    assert "999" in answer
