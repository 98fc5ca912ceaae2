"""What a client agreed to, to read, to keep and to hand on (R12)."""

import csv
import io
import json

from coach_portal.core.models import tables
from coach_portal.core.rules.ledger import BEGINNING, chained
from tests.rows import rows


def test_every_line_is_there_with_the_words_they_saw(alice, ruth, story):
    story.text("please stop texting me")
    page = alice.get(f"{ruth}/consent")
    for told in ("Asked", "YES by text", "Stopped by text", "please stop texting me", "line 3 of the practice"):
        assert told in page.text


def test_the_clients_own_way_out_is_there_to_be_handed_on(alice, ruth, visitor):
    page = alice.get(f"{ruth}/consent")
    link = next(word for word in page.words if "/stop/" in word)
    assert visitor.ask("GET", link.removeprefix("https://portal.example.com")).status_code == 200


def test_r12_it_is_exported_as_a_table_that_no_spreadsheet_takes_for_formulas(alice, ruth, story):
    story.text('=HYPERLINK("https://evil.example") stop texting me')
    answer = alice.ask("GET", f"{ruth}/consent.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [line["event"] for line in lines] == ["invited", "granted", "revoked"]
    assert lines[-1]["wording"].startswith("'=HYPERLINK")
    assert lines[-1]["phone"] == "'+16175550111"


def test_r12_it_is_exported_as_data_from_which_the_chain_can_be_checked(alice, ruth, database):
    told = json.loads(alice.ask("GET", f"{ruth}/consent.json").text)["lines"]
    assert [line["place"] for line in told] == [1, 2]
    first = rows(database, tables.consent)[0]
    assert told[0]["hash"] == chained(BEGINNING, first._mapping)


def test_r12_it_is_told_by_the_api(app, cast, database, settings):
    from coach_portal.core.models import Coach
    from coach_portal.core.services.practice import tokens
    from tests.cast import NOW

    with database.session() as session:
        alices, charlies = (
            tokens.make_token(session, session.get_one(Coach, who), "t", NOW) for who in (cast.alice, cast.charlie)
        )

    def ask(token):
        address = f"/api/v1/clients/{cast.ruth}/consents"
        return app.test_client().get(address, headers={"Authorization": f"Bearer {token}"})

    assert [line["event"] for line in ask(alices).json["items"]] == ["invited", "granted"]
    assert ask(charlies).status_code == 404


def test_two_practices_see_nothing_of_each_others_ledger(charlie, ruth):
    for what in ("consent", "consent.csv", "consent.json"):
        assert charlie.ask("GET", f"{ruth}/{what}").status_code == 404
