"""`coach-portal demo`: one command that starts everything, keeps it, and stops it."""

import shutil
import signal
import socket
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.local.demo import carrier_process, keys
from infra.local.demo.furnish import furnish
from tests.demo import Demo
from tests.infra.local.conftest import eventually
from tests.ports import free_port

OWNER = "ines@northlight.example"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory as a first start leaves it."""
    folder = tmp_path_factory.mktemp("demo")
    files = folder / "coach_portal.db", folder / carrier_process.BOOK
    furnish(*files, keys.keep(folder).password, datetime.now(UTC), lambda week: None)
    return folder


@pytest.fixture
def demo(furnished: Path, tmp_path: Path) -> Iterator[Demo]:
    """A demo that has been furnished and is not running; whatever it leaves running is ended."""
    folder = tmp_path / "data"
    shutil.copytree(furnished, folder)
    demo = Demo(folder, free_port())
    yield demo
    kept = keys.keep(folder)
    if (folder / carrier_process.NOTE).exists():
        carrier_process.stop(demo.carrier(), kept)


def is_gone(port: int) -> bool:
    """Whether nobody listens there any more."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


def test_it_prints_address_and_sign_in_and_stops_with_its_carrier(demo: Demo) -> None:
    demo.start()
    assert f"http://127.0.0.1:{demo.port}/phones" in demo.said
    assert OWNER in demo.said
    assert keys.keep(demo.folder).password in demo.said
    assert (demo.status("/healthz"), demo.status("/phones")) == (200, 303)
    carrier = demo.carrier()
    assert demo.end() == (0, "")
    assert is_gone(demo.port)
    assert is_gone(carrier.port)


def test_a_second_start_finds_everything_as_it_was_and_ctrl_c_stops_it_as_well(demo: Demo) -> None:
    said, port = demo.start().said, demo.carrier().port
    demo.end()
    assert demo.start().said == said
    assert demo.carrier().port == port
    assert demo.end(signal.SIGINT) == (0, "")
    assert is_gone(port)


def test_a_carrier_that_outlived_a_killed_server_is_found_and_used_again(demo: Demo) -> None:
    demo.start().end(signal.SIGKILL)
    left = demo.carrier()
    assert not is_gone(left.port)
    demo.start()
    assert demo.carrier() == left
    assert demo.end() == (0, "")
    assert is_gone(left.port)


def test_a_carrier_that_is_gone_is_replaced(demo: Demo) -> None:
    demo.start().end(signal.SIGKILL)
    left = demo.carrier()
    carrier_process.stop(left, keys.keep(demo.folder))
    eventually(lambda: is_gone(left.port))
    demo.start()
    assert demo.carrier().pid != left.pid
    assert demo.end() == (0, "")


def test_a_carrier_that_posts_to_another_port_is_replaced(demo: Demo) -> None:
    demo.start().end(signal.SIGKILL)
    left = demo.carrier()
    demo.port = free_port()
    demo.start()
    assert demo.carrier().pid != left.pid
    assert str(demo.port) in demo.carrier().webhook_url
    assert demo.end() == (0, "")


def test_a_busy_port_gets_one_line_that_says_what_to_do(demo: Demo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", demo.port))
        taken.listen()
        demo.start()
        returncode, complaint = demo.process.wait(timeout=30), demo.process.communicate()[1]
    assert returncode == 1
    assert complaint == f"Port {demo.port} is taken by another program. Choose another, such as PORT={demo.port + 1}.\n"


def test_two_demos_do_not_share_their_data(demo: Demo) -> None:
    demo.start()
    second = Demo(demo.folder, free_port()).start()
    assert second.process.wait(timeout=30) == 1
    assert "already runs" in second.process.communicate()[1]
    assert demo.end() == (0, "")


def test_its_secrets_are_for_their_owner_alone_and_stay_the_same(tmp_path: Path) -> None:
    kept = keys.keep(tmp_path)
    assert stat.S_IMODE((tmp_path / keys.FILE).stat().st_mode) == 0o600
    assert keys.keep(tmp_path) == kept
    assert kept.password not in repr(kept)
    assert len(set(kept.password.split("-"))) == 4
