"""Situations in, predictions out, and a score that is ours."""

import argparse
import json
from pathlib import Path

import pytest

from coach_portal.core.rules.replies import records
from infra import replies_command
from tests.replies import data

RECORD = {
    "id": "one",
    "prompt": "check_in",
    "goals": ["Walk 20 minutes"],
    "asked": [0],
    "local_time": "2026-03-04T19:20",
    "locale": "en",
    "text": "did 25 minutes",
    "expect": {"acts": ["win"], "wins": [{"goal": 0, "amount": 25, "on": "2026-03-04"}], "missed": [], "until": None},
}


def test_a_prediction_speaks_the_words_of_the_guide() -> None:
    found = records.predict(RECORD)
    assert found == {"id": "one", **RECORD["expect"]}


def test_a_right_prediction_is_exact() -> None:
    assert records.score([RECORD]).exact() == 1.0


def test_an_amount_made_up_is_not_exact() -> None:
    expected = {**RECORD["expect"], "wins": [{"goal": 0, "amount": None, "on": "2026-03-04"}]}
    assert records.score([{**RECORD, "expect": expected}]).exact() == 0.0


def test_beside_a_crisis_only_stop_counts() -> None:
    expected = {"acts": ["crisis"], "wins": [], "missed": [], "until": None}
    assert records.is_exact(expected, {"acts": ["crisis", "win"], "wins": [], "missed": [0], "until": None})
    assert not records.is_exact(expected, {"acts": ["crisis", "stop"], "wins": [], "missed": [], "until": None})


def test_the_command_predicts_and_scores_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "situations.jsonl"
    path.write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    parser = argparse.ArgumentParser()
    replies_command.add_parser(parser.add_subparsers())
    asked = parser.parse_args(["replies", "predict", str(path)])
    asked.run(asked)
    assert json.loads(capsys.readouterr().out)["acts"] == ["win"]
    asked = parser.parse_args(["replies", "score", str(path)])
    asked.run(asked)
    assert "exact 1.0" in capsys.readouterr().out


# What was reached, so that a change that loses ground is seen; the aims are higher (docs/replies.md).
@pytest.mark.parametrize(("name", "floor"), [("general", 0.8), ("spanish", 0.9), ("chat", 0.86), ("risk", 0.88)])
def test_no_ground_is_lost_on_a_teaching_set(name: str, floor: float) -> None:
    assert (records.score(data.situations(name)).exact() or 0.0) >= floor
