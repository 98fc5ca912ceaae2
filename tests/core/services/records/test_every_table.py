"""Every table there is, sorted by what erasure does about it: a new one has to be thought of."""

from coach_portal.core.models import Base
from coach_portal.core.services.records import striking

KEPT = {
    "audit_event": "names nobody; its lines about them are made to",
    "charge": "sums of money by number alone",
    "consent": "the proof",
    "suppression": "the opt-out",
    "erasure": "that it was done",
}
NOT_ABOUT_CLIENTS = {
    "absence", "api_token", "call_line", "client_group", "clock_shift", "coach", "coach_invitation", "consent_head",
    "endpoint", "event_stream", "job_run", "password_reset", "recovery_code", "second_factor",
    "month_spent", "practice", "programme", "programme_step", "queue_item", "reflection_question",
    "second_contact", "secret", "sending_number",
    "sign_in_attempt", "web_session", "wording",
}  # fmt: skip
FORGOTTEN_OTHERWISE = {
    "event": "by their number",
    "event_delivery": "with its event",
    "kept_answer": "what was answered lately is emptied",
    "email": "by the addresses in it, and by alerts",
    "import_draft": "its text is emptied",
    "inbound_text": "all but the carrier's id is emptied",
    "leftover": "until it is done",
}


def found_by_keys():
    """Tables whose foreign keys lead to a client."""
    found = {"client"}
    for table in Base.metadata.sorted_tables:
        if any(key.column.table.name in found for key in table.foreign_keys):
            found.add(table.name)
    return found


def test_every_table_is_thought_of():
    thought_of = found_by_keys() | KEPT.keys() | NOT_ABOUT_CLIENTS | FORGOTTEN_OTHERWISE.keys()
    assert set(Base.metadata.tables) - thought_of == set(), (
        "give it a foreign key that leads to a client, or say here what erasure does about it and why"
    )


def test_what_is_kept_is_not_found_by_keys():
    assert found_by_keys() & (KEPT.keys() | NOT_ABOUT_CLIENTS) == set()


def test_every_table_with_words_in_it_says_whose_they_are():
    for table in Base.metadata.sorted_tables:
        if striking.words_of(table) and table.name not in striking.NEVER | NOT_ABOUT_CLIENTS | {"inbound_text"}:
            assert "practice_id" in table.c, f"{table.name}: a name cannot be blanked in rows that are nobody's"
