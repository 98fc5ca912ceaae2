"""`coach-portal demo`: one command that starts everything, keeps it, and stops it."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import urllib3

from infra.local.demo import carrier_process, keys
from infra.local.demo.furnish import furnish
from tests.infra.local.conftest import eventually
from tests.infra.local.tabletop import free_port

OWNER = "ines@northlight.example"


@dataclass
class Demo:
    """A demo as a process, and what it printed before it began to serve."""

    folder: Path
    port: int
    process: "subprocess.Popen[str]" = field(init=False)
    said: str = field(init=False)

    def start(self) -> "Demo":
        """Start, and read until it serves."""
        env = os.environ | {"DATA_DIR": str(self.folder), "PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "infra.cli", "demo"],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        lines = []
        while line := self.process.stdout.readline():
            lines.append(line)
            if "Ctrl-C" in line:
                break
        self.said = "".join(lines)
        return self

    def end(self, how: int = signal.SIGTERM) -> tuple[int, str]:
        """End it; answers how it ended and what it complained of."""
        self.process.send_signal(how)
        _, complaints = self.process.communicate(timeout=30)
        return self.process.returncode, complaints

    def carrier(self) -> carrier_process.CarrierProcess:
        """Its carrier, as noted."""
        return carrier_process.CarrierProcess(**json.loads((self.folder / carrier_process.NOTE).read_text()))

    def status(self, path: str) -> int:
        """How the portal answers."""
        return urllib3.request("GET", f"http://127.0.0.1:{self.port}{path}", retries=False).status


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
