"""Posts that reach other software on this machine, and nothing inside."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from coach_portal.core.errors import PostError
from coach_portal.core.gateways import event_posts
from coach_portal.core.gateways.event_posts import EventPosts
from coach_portal.core.rules.addresses import is_outside

HEADERS = {"webhook-id": "evt_1_1"}


@contextmanager
def software(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Software that answers this to whoever posts; its address, and what it heard."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            there, _ = listening.accept()
            with there:
                heard.append(there.recv(65536))
                there.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/events?x=1", heard
        thread.join(timeout=5)


def test_a_post_arrives_whole_and_its_status_comes_back():
    with software(b"HTTP/1.1 204 No Content\r\n\r\n") as (url, heard):
        assert EventPosts(may_be_local=True).post(url, b'{"id":1}', HEADERS) == 204
    head, _, body = heard[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /events?x=1 HTTP/1.1\r\n")
    assert b"\r\nwebhook-id: evt_1_1" in head
    assert b"\r\nContent-Length: 8" in head
    assert body == b'{"id":1}'


def test_a_redirect_is_an_answer_and_leads_nowhere():
    with software(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n") as (url, _):
        assert EventPosts(may_be_local=True).post(url, b"{}", HEADERS) == 302


@pytest.mark.parametrize("answer", [b"", b"hello\n", b"HTTP/1.1 banana\r\n", b"x" * 5000])
def test_what_is_no_answer_is_called_so(answer):
    with software(answer) as (url, _), pytest.raises(PostError, match="no_answer"):
        EventPosts(may_be_local=True).post(url, b"{}", HEADERS)


def test_software_on_this_machine_is_none_for_a_portal_on_the_internet():
    with pytest.raises(PostError, match="not_allowed"):
        EventPosts(may_be_local=False).post("http://127.0.0.1:1/", b"{}", HEADERS)


@pytest.mark.parametrize("found", [["10.0.0.1"], ["203.0.114.7", "127.0.0.1"], ["::ffff:192.168.0.1"], []])
def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to(monkeypatch, found):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in found]
    monkeypatch.setattr(event_posts.socket, "getaddrinfo", lambda *_, **__: answers)
    with pytest.raises(PostError, match="inside"):
        EventPosts(may_be_local=False).post("https://rebinding.example.com/", b"{}", HEADERS)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_the_open_internet_is_outside(address):
    assert is_outside(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
     "2002:7f00:1::", "fd00:ec2::254", "nonsense"],
)  # fmt: skip
def test_everything_else_is_inside(address):
    assert not is_outside(address)
