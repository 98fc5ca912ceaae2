"""README and .env.example keep up with the code."""

import ast
import re
import subprocess
from pathlib import Path

HOUSE = Path(__file__).parent.parent
README = (HOUSE / "README.md").read_text()
ENV_EXAMPLE = (HOUSE / ".env.example").read_text()


def settings():
    """Every environment variable that Settings reads."""
    tree = ast.parse((HOUSE / "coach_portal/core/config.py").read_text())
    words = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {word for word in words if re.fullmatch(r"[A-Z][A-Z_]+[A-Z]", word)}


def top_folders():
    """The folders at the top that are under version control."""
    listed = subprocess.run(["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    return {line.partition("/")[0] for line in listed.splitlines() if "/" in line and not line.startswith(".")}


def test_there_are_settings():
    assert {"SECRET_KEY", "DATABASE_URL", "DATA_DIR"} <= settings()


def test_every_setting_is_in_the_readmes_table():
    in_table = set(re.findall(r"^\| `([A-Z_]+)`", README, re.MULTILINE))
    assert settings() - in_table == set(), "add a row to README's settings table"


def test_the_readmes_table_names_no_setting_that_is_gone():
    in_table = set(re.findall(r"^\| `([A-Z_]+)`", README, re.MULTILINE))
    everywhere = "".join(path.read_text() for top in ("coach_portal", "infra") for path in (HOUSE / top).rglob("*.py"))
    assert {name for name in in_table if f'"{name}"' not in everywhere} == set()


def test_every_setting_is_in_the_example():
    in_example = set(re.findall(r"^#? ?([A-Z_]+)=", ENV_EXAMPLE, re.MULTILINE))
    assert settings() - in_example == set(), "add a line with a safe local value to .env.example"


def test_every_folder_is_on_the_map():
    assert {folder for folder in top_folders() if f"`{folder}/" not in README} == set(), (
        "say in README what lives there"
    )


def test_what_the_readme_points_to_exists():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (HOUSE / link).exists()] == []
