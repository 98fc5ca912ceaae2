"""Who may import whom: the arrows of the house, and the house rules about size and weight."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
OURS = ("coach_portal", "functions", "infra")

# The longest name that fits decides. `ours` is what a module may import of this house, `others` of the world's
# weighty packages; a package may always import itself.
ARROWS = {
    "coach_portal": ([], []),
    "coach_portal.core.config": (["coach_portal.core.errors"], []),
    "coach_portal.core.errors": ([], []),
    "coach_portal.core.logs": ([], []),
    "coach_portal.core.metrics": ([], []),
    "coach_portal.core.ports": ([], []),
    "coach_portal.core.db": ([], ["sqlalchemy"]),
    "coach_portal.core.clocks": (["coach_portal.core.db", "coach_portal.core.models"], ["sqlalchemy"]),
    "coach_portal.core.rules": ([], ["phonenumbers", "rapidfuzz"]),
    "coach_portal.core.models": (["coach_portal.core.db", "coach_portal.core.rules"], ["sqlalchemy"]),
    "coach_portal.core.arrays": ([], []),
    "coach_portal.core.bulk": (["coach_portal.core.arrays", "coach_portal.core.db"], ["sqlalchemy"]),
    "coach_portal.core.schemas": (["coach_portal.core.errors", "coach_portal.core.rules"], ["marshmallow"]),
    "coach_portal.core.services": (
        [
            "coach_portal.core.bulk",
            "coach_portal.core.db",
            "coach_portal.core.errors",
            "coach_portal.core.models",
            "coach_portal.core.ports",
            "coach_portal.core.rules",
        ],
        ["argon2", "pyotp", "sqlalchemy"],
    ),
    "coach_portal.core.gateways": (
        [
            "coach_portal.core.bulk",
            "coach_portal.core.db",
            "coach_portal.core.errors",
            "coach_portal.core.models",
            "coach_portal.core.ports",
            "coach_portal.core.rules",
        ],
        [
            "boto3", "botocore", "cryptography", "font_source_sans_pro", "font_source_serif_pro", "fpdf", "PIL",
            "requests", "resvg_py", "sqlalchemy", "twilio", "urllib3",
        ],
    ),
    "coach_portal.migrations": (["coach_portal.core.db", "coach_portal.core.models"], ["alembic", "sqlalchemy"]),
    "coach_portal.web": (
        ["coach_portal.core"],
        [
            "apispec", "brotli", "flask", "flask_bootstrap", "flask_smorest", "flask_wtf", "fontTools", "markupsafe",
            "marshmallow", "segno", "sqlalchemy", "webargs", "werkzeug", "wtforms",
        ],
    ),
    "functions": (["coach_portal.core"], []),
    "infra": (
        ["coach_portal.core", "coach_portal.migrations", "coach_portal.web", "functions"],
        [
            "boto3", "botocore", "flask", "phonenumbers", "sqlalchemy", "twilio", "urllib3", "waitress", "werkzeug",
            "zappa",
        ],
    ),
}  # fmt: skip
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
NEVER_IN_A_FUNCTION = (
    "flask",
    "werkzeug",
    "zappa",
    "boto3",
    "botocore",
    "twilio.rest",
    "phonenumbers",
    "argon2",
    "pyotp",
)

FILES = sorted(path for top in OURS for path in (HOUSE / top).rglob("*.py"))


def name_of(path: Path) -> str:
    """The module's dotted name."""
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file."""
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            module = f"{base}.{node.module}" if node.level and node.module else base if node.level else node.module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_within(name: str, package: str) -> bool:
    """Whether a module is this package or lies in it."""
    return name == package or name.startswith(f"{package}.")


def home_of(name: str) -> str:
    """The row of the table that a module falls under."""
    return max((row for row in ARROWS if is_within(name, row)), key=len)


def trespasses(path: Path) -> Iterator[str]:
    """What a file imports and should not, each with what to do about it."""
    name = name_of(path)
    home = home_of(name)
    ours, others = ARROWS[home]
    for imported in imports_of(path):
        top = imported.partition(".")[0]
        if top in OURS:
            if not any(is_within(imported, package) for package in (home, *ours)):
                yield (
                    f"{name} imports {imported}. {home} may import {', '.join(ours) or 'nothing'} of ours: "
                    f"move what is needed down to where both may reach it, or hand it in as an argument."
                )
        elif top not in sys.stdlib_module_names and top not in others:
            yield (
                f"{name} imports {top}. {home} may import {', '.join(others) or 'only the standard library'}: put the "
                f"work that needs it where {top} is at home, behind a port if a service asks for it."
            )


def test_arrows_go_one_way():
    assert [trespass for path in FILES for trespass in trespasses(path)] == []


def test_no_file_is_longer_than_a_reader_can_bear():
    written = [*FILES, *(HOUSE / "tests").rglob("*.py")]
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in written if "versions" not in path.parts}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    assert too_long == {}, "split it by what it is about"


def test_no_function_is_longer_than_a_screen():
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    written = [path for path in FILES if "versions" not in path.parts]
    functions = [
        (name_of(path), node)
        for path in written
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, kinds)
    ]
    too_long = [
        f"{module}.{node.name}" for module, node in functions if node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == [], "let its steps become functions with names"


@pytest.mark.parametrize("package", ["coach_portal", "coach_portal.core", "infra"])
def test_a_package_that_all_pass_through_holds_a_docstring_and_nothing_else(package):
    (only,) = ast.parse((HOUSE / package.replace(".", "/") / "__init__.py").read_text()).body
    assert isinstance(only, ast.Expr), "every Lambda runs this file: put code into a module of its own"


def test_what_every_lambda_runs_first_loads_nothing_itself():
    loads = [
        node for node in ast.walk(ast.parse((HOUSE / "functions" / "__init__.py").read_text())) if _is_import(node)
    ]
    assert {alias.name for node in loads for alias in node.names} == {"gc", "os"}


def _is_import(node):
    return isinstance(node, (ast.Import, ast.ImportFrom))


@pytest.mark.parametrize(
    "function", sorted(path.stem for path in (HOUSE / "functions").glob("*.py") if path.stem != "__init__")
)
def test_no_function_loads_the_portal_or_what_it_does_not_need(function):
    code = f"import json, sys, functions.{function}; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    loaded = set(json.loads(ran.stdout))
    heavy = {name for name in loaded if any(is_within(name, each) for each in NEVER_IN_A_FUNCTION)}
    assert heavy == set(), "import it inside the function that needs it, or move what needs it elsewhere"
    assert not any(is_within(name, "coach_portal.web") for name in loaded)


def test_importing_the_core_reads_no_setting_and_opens_nothing():
    code = "import os; os.environ.clear(); import functions.receive_sms, functions.send_messages"
    subprocess.run([sys.executable, "-c", code], cwd=HOUSE, check=True, capture_output=True)


def test_nobody_but_the_edges_commits():
    for path in (HOUSE / "coach_portal" / "core" / "services").glob("*.py"):
        assert ".commit(" not in path.read_text(), f"{path.name}: whoever opened the transaction ends it"
