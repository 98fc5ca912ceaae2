"""Every messaging rule is in docs/messaging-rules.md, with the file it lives in and the test that proves it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
REGISTER = (HOUSE / "docs/messaging-rules.md").read_text()
RULES = [f"R{number}" for number in range(1, 32)]
NOT_BUILT: dict[str, str] = {}
"""Rules about what the software does not do yet. Whoever builds it takes its rule out of here."""

ROW = re.compile(r"^\| (R\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
rows = {rule: (where, proof) for rule, _, where, proof in ROW.findall(REGISTER)}
proofs = [(rule, file, test) for rule, (_, proof) in rows.items() for file, test in PROOF.findall(proof)]


@cache
def named_in(file):
    """The names of a file's tests."""
    return {node.name for node in ast.walk(ast.parse((HOUSE / file).read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_rule_has_its_line_once():
    assert [rule for rule, *_ in ROW.findall(REGISTER)] == RULES


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_test_or_says_what_it_waits_for(rule):
    _, proof = rows[rule]
    if rule in NOT_BUILT:
        assert proof == NOT_BUILT[rule]
    else:
        assert PROOF.findall(proof), f"{rule} has no test: name one as `tests/file.py::test_name`"


@pytest.mark.parametrize(("rule", "file", "test"), proofs)
def test_the_tests_it_names_exist(rule, file, test):
    assert (HOUSE / file).exists(), f"{rule} names {file}, which is gone"
    assert test in named_in(file), f"{rule} names {test}, which is not in {file}"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in NOT_BUILT])
def test_the_files_it_names_exist(rule):
    files = re.findall(r"`([\w/]+(?:\.py|/))`", rows[rule][0])
    assert files, f"{rule} lives nowhere"
    assert [file for file in files if not (HOUSE / file).exists()] == []
