"""Packages: the same bytes for the same input, bytecode that Lambda takes, nothing it could not load."""

import ctypes
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
import zlib
from pathlib import Path

import pytest
from sqlalchemy.util import _collections_cy

from infra.aws.functions import BASE, FUNCTIONS
from infra.aws.packages import archive, contents, libraries, portal, wheels
from infra.aws.packages.libraries import TooNew
from infra.aws.packages.wheels import LOCK, NoWheel
from infra.aws.runtimes import RUNTIME, RUNTIMES

HERE = Path(sys.executable)


@pytest.fixture
def house(tmp_path):
    """A small package, in a folder."""
    (tmp_path / "task" / "shop").mkdir(parents=True)
    (tmp_path / "task" / "shop" / "__init__.py").write_text("")
    (tmp_path / "task" / "shop" / "till.py").write_text("def open():\n    return 'open'\n")
    return tmp_path / "task"


def zipped(folder: Path, target: Path) -> zipfile.ZipFile:
    """The folder as a zip, opened."""
    archive.write(folder, target)
    return zipfile.ZipFile(target)


def packed(file: Path) -> int:
    """How many bytes it takes in a zip."""
    return len(zlib.compress(file.read_bytes()))


def test_the_same_folder_is_the_same_bytes_whenever_it_was_written(house, tmp_path):
    first = archive.write(house, tmp_path / "first.zip")
    for file in house.rglob("*.py"):
        os.utime(file, (0, 1_000_000_000))
    assert archive.write(house, tmp_path / "second.zip") == first


def test_a_module_runs_from_its_bytecode_alone(house, tmp_path):
    archive.compile_all(house, HERE)
    assert not (house / "shop" / "till.py").exists()
    ran = subprocess.run(
        [sys.executable, "-c", "import shop.till; print(shop.till.open())"],
        cwd=house, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout == "open\n"


def test_bytecode_is_never_compared_with_a_source_that_a_zip_gives_another_time(house):
    archive.compile_all(house, HERE)
    for compiled in house.rglob("*.pyc"):
        flags = int.from_bytes(compiled.read_bytes()[4:8], "little")
        assert flags == 0b01, "hash-based and unchecked (PEP 552)"


def test_a_package_keeps_its_front_door_for_zappa_not_to_put_an_empty_one_there(house):
    archive.compile_all(house, HERE)
    assert (house / "shop" / "__init__.py").exists()
    assert importlib.util.cache_from_source(str(house / "shop" / "__init__.py")) in map(str, house.rglob("*.pyc"))


def test_a_library_that_the_runtime_could_not_load_is_refused(house):
    (house / "fast.so").write_bytes(b"\x7fELF GLIBC_2.17 GLIBC_2.28 ")
    libraries.check_symbols(house, RUNTIMES["python3.13"])
    with pytest.raises(TooNew, match=r"fast\.so needs glibc 2\.28"):
        libraries.check_symbols(house, RUNTIMES["python3.11"])


def test_a_library_without_what_debuggers_want_still_loads(house):
    library = Path(_collections_cy.__file__)
    (house / library.name).write_bytes(library.read_bytes())
    libraries.hollow_out(house)
    assert ctypes.CDLL(str(house / library.name)).PyInit__collections_cy
    assert packed(house / library.name) < packed(library) / 2


def test_what_is_no_library_is_left_as_it_is(house):
    (house / "notes.so.txt").write_bytes(b"no library")
    libraries.hollow_out(house)
    assert (house / "notes.so.txt").read_bytes() == b"no library"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("sqlalchemy/orm/session.py", True),
        ("sqlalchemy/testing/suite.py", False),
        ("sqlalchemy/dialects/mysql/base.py", False),
        ("psycopg-3.3.9.dist-info/METADATA", True),
        ("psycopg-3.3.9.dist-info/RECORD", False),
        ("twilio/request_validator.py", True),
        ("twilio/rest/api/v2010/account/message/__init__.py", False),
        ("phonenumbers/geodata/data0.py", False),
    ],
)
def test_what_is_never_needed_stays_out(name, wanted):
    assert contents.is_wanted(name) == wanted


def test_whoever_sends_has_the_part_of_the_rest_api_that_sends():
    assert contents.is_wanted("twilio/rest/api/v2010/account/message/__init__.py", contents.SENDS_TEXTS)
    assert not contents.is_wanted("twilio/rest/video/v1/room/__init__.py", contents.SENDS_TEXTS)


def test_a_function_comes_with_the_functions_it_imports():
    names = {file.stem for file in contents.of_function("ask_carrier")}
    assert names == {"__init__", "accounts", "ask_carrier", "record_inbound", "runtime"}


def test_every_distribution_a_package_names_is_in_the_lock_with_its_hashes():
    names = {*BASE, *portal.NEEDS, *(name for function in FUNCTIONS for name in function.needs)}
    pinned = wheels.pins(names, LOCK.read_text())
    assert pinned.count("==") == len(names)
    assert pinned.count("--hash=sha256:") >= len(names)


def test_one_that_is_not_in_the_lock_is_named():
    with pytest.raises(NoWheel, match="left-pad"):
        wheels.pins(["left-pad", "sqlalchemy"], LOCK.read_text())


def test_the_runtimes_wheels_are_old_enough_for_it():
    assert RUNTIMES["python3.11"].platforms[0] == "manylinux_2_26_x86_64"
    assert RUNTIME.platforms[0] == "manylinux_2_34_x86_64"


def test_the_portals_settings_hold_no_secret_and_log_no_request():
    settings = portal.settings(RUNTIME)
    assert settings["debug"] is False
    assert not any("environment" in name for name in settings)


def test_the_portals_package_holds_what_the_portal_is_said_to_need():
    extras = tomllib.loads((contents.HOUSE / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    said = {re.split(r"[~\[]", needed)[0] for needed in (*extras["portal"], *extras["pictures"])}
    elsewhere = {"alembic", "brotli", "waitress"}  # the schema is brought up from outside; AWS compresses and serves
    assert said - elsewhere <= set(portal.NEEDS)
