"""What docs/method.md promises exists: each element has its evidence, a rule and a test that are really there."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
METHOD = (HOUSE / "docs/method.md").read_text()
ELEMENTS = re.findall(r"^\*\*(.+?)\*\*(.*?)(?=^\*\*|^## |^Three clients)", METHOD, re.MULTILINE | re.DOTALL)


def named(element, line):
    """The files, and tests in them, that a line of an element names."""
    found = re.search(rf"^{line}: (.+)$", element, re.MULTILINE)
    return re.findall(r"`([^`]+)`", found[1]) if found else []


def test_every_element_is_there():
    assert len(ELEMENTS) >= 18


@pytest.mark.parametrize(("name", "element"), ELEMENTS, ids=[name for name, _ in ELEMENTS])
def test_it_has_evidence_a_rule_and_a_test(name, element):
    assert re.search(r"^Evidence: \S", element, re.MULTILINE)
    assert named(element, "Rule")
    assert named(element, "Tests")
    for place in [*named(element, "Rule"), *named(element, "Tests")]:
        path, _, test = place.partition("::")
        assert (HOUSE / path).is_file(), f"{name}: {path} is gone"
        assert not test or f"def {test}(" in (HOUSE / path).read_text(), f"{name}: {place} is gone"
