"""A practice with an account of its own: its token signs for its numbers, and for nobody else's."""

from dataclasses import replace

import pytest

from coach_portal.core.db import AWAY
from coach_portal.core.errors import Invalid, NotAllowed
from coach_portal.core.models import Coach, tables
from coach_portal.core.services.practice import accounts
from functions import delivery_status, receive_sms
from functions.accounts import REMEMBERED_FOR, Accounts
from tests import webhooks
from tests.cast import ALICES_NUMBER, CHARLIES_NUMBER, RUTHS_PHONE

OWN = "AC" + "a" * 32
TOKEN = "0123456789abcdef0123456789abcdef"
FORBIDDEN, TAKEN = 403, 200


@pytest.fixture
def own(story):
    """Alice's practice texts from its own account; answers settings with which that account signs."""
    bring(story, story.cast.alice)
    settings = story.wired.settings
    return replace(settings, twilio_account_sid=OWN, twilio_auth_token=TOKEN)


def bring(story, coach, account_sid=OWN, token=TOKEN):
    """This coach brings an account."""
    with story.wired.database.session() as session:
        asks = session.get_one(Coach, coach)
        session.expunge(asks)
    with story.wired.database.session() as session:
        kept = accounts.bring(session, asks, account_sid, token, story.wired.clock.now())
    story.wired.secrets.put(*kept)


def texted(settings, to=ALICES_NUMBER, account=OWN):
    """What our webhook answers to a text that this account signed."""
    form = {"MessageSid": "SM" + "7" * 32, "From": RUTHS_PHONE, "To": to, "Body": "hello", "AccountSid": account}
    return receive_sms.handler(webhooks.sms(settings, **form), None)["statusCode"]


def test_a_text_signed_with_its_own_token_is_taken(story, own):
    assert texted(own) == TAKEN
    assert len(story.rows(tables.inbound_text)) == 1


def test_a_text_that_names_its_account_but_is_signed_with_ours_is_refused(story, own):
    assert texted(story.wired.settings) == FORBIDDEN


def test_its_token_does_not_sign_for_another_practices_number(story, own):
    assert texted(own, to=CHARLIES_NUMBER) == FORBIDDEN


def test_its_token_does_not_sign_for_our_account(story, own):
    assert texted(own, account=story.wired.settings.twilio_account_sid) == FORBIDDEN


def test_an_account_nobody_brought_is_refused_and_costs_no_statement(story, own, statements):
    texted(own)
    statements.clear()
    for digit in "bcdef":
        assert texted(own, account="AC" + digit * 32) == FORBIDDEN
    assert statements == []


def test_a_forged_text_of_a_known_account_costs_no_statement(story, own, statements):
    texted(own)
    statements.clear()
    assert texted(replace(own, twilio_auth_token="another token of the same length")) == FORBIDDEN
    assert statements == []


def test_its_texts_leave_from_its_account(story, own):
    story.message()
    story.send()
    assert story.wired.sender.accounts[-1] == OWN


def test_another_practices_texts_leave_from_ours(story):
    story.message()
    story.send()
    assert story.wired.sender.accounts[-1] is None


def test_a_receipt_from_its_account_moves_its_own_text(story, own):
    message = story.message()
    story.send()
    assert report(own, from_=ALICES_NUMBER) == 204
    assert story.row(tables.message, id=message).state == "delivered"


def test_a_receipt_from_another_practices_account_moves_nothing(story):
    message = story.message()
    story.send()
    bring(story, story.cast.charlie)
    settings = replace(story.wired.settings, twilio_account_sid=OWN, twilio_auth_token=TOKEN)
    assert report(settings, from_=ALICES_NUMBER) == FORBIDDEN
    assert report(settings, from_=CHARLIES_NUMBER) == 204
    assert story.row(tables.message, id=message).state == "accepted"


def report(settings, from_):
    """A receipt for the first text that left."""
    event = webhooks.status(settings, f"SM{1:032x}", "delivered")
    fields = {"AccountSid": OWN, "From": from_, "MessageSid": f"SM{1:032x}", "MessageStatus": "delivered"}
    return delivery_status.handler(webhooks.signed(event, settings, fields), None)["statusCode"]


def test_only_the_owner_brings_an_account(story):
    with pytest.raises(NotAllowed):
        bring(story, story.cast.bob)


@pytest.mark.parametrize(
    ("account_sid", "token", "field"),
    [("AC123", TOKEN, "account_sid"), ("SK" + "a" * 32, TOKEN, "account_sid"), (OWN, "", "token")],
)
def test_what_cannot_be_an_account_is_told(story, account_sid, token, field):
    with pytest.raises(Invalid) as refused:
        bring(story, story.cast.alice, account_sid, token)
    assert set(refused.value.fields) == {field}


def test_two_practices_do_not_share_an_account(story, own):
    with pytest.raises(Invalid):
        bring(story, story.cast.charlie)


def test_bringing_it_is_on_the_trail_with_four_digits_and_no_token(story, own):
    (line,) = story.rows(tables.audit_event, action="bring_account")
    assert line.detail == {"account": OWN[-4:]}


def test_the_token_does_not_lie_open_in_the_database(story, own):
    assert TOKEN not in story.row(tables.secret).sealed


def test_who_leaves_texts_from_ours_again_and_the_token_is_gone(story, own):
    with story.wired.database.session() as session:
        left = accounts.leave(session, session.get_one(Coach, story.cast.alice), story.wired.clock.now())
    story.wired.secrets.forget(left)
    assert story.rows(tables.secret) == []
    story.message()
    story.send()
    assert story.wired.sender.accounts[-1] is None


def test_what_was_known_is_known_while_the_database_is_away(story, own):
    seconds = iter((0.0, REMEMBERED_FOR + 1, REMEMBERED_FOR + 2))
    here = Accounts(story.wired.database, lambda: story.wired.secrets, lambda: next(seconds))
    assert here.numbers(OWN) == {ALICES_NUMBER}
    here.database = Away()
    assert here.numbers(OWN) == {ALICES_NUMBER}


class Away:
    """A database that does not answer."""

    def statement(self):
        """Nothing comes."""
        raise AWAY[0]("away", None, ConnectionError())
