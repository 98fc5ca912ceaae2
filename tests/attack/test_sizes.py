"""Too much at once: long bodies, bodies without a length, many fields, and small files that unpack to vast ones."""

import gzip
import io
import socket
import zipfile

import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
VAST = 20 * 1024 * 1024


def first_line(door, request):
    """Send bytes as they are; the first line that comes back, or nothing where the line was cut."""
    host, _, port = door.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        try:
            connection.sendall(request)
            return connection.makefile("rb").readline()
        except ConnectionError:
            return b""


@pytest.mark.parametrize("path", ["/twilio/sms", "/sign-in", "/api/v1/clients", "/clients/import"])
def test_a_body_in_pieces_without_a_length_is_measured_too(door, path):
    head = f"POST {path} HTTP/1.1\r\nHost: portal\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    told = first_line(door, head.encode() + piece * 8 + b"0\r\n\r\n")
    assert told == b"" or b" 413 " in told


@pytest.mark.parametrize("header", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_packed_body_is_not_unpacked(door, header):
    packed = gzip.compress(b"Body=" + b"a" * VAST)
    for path in ("/twilio/sms", "/sign-in"):
        headers = {"Content-Encoding": header, "Content-Type": "application/x-www-form-urlencoded"}
        answer = door.http.request("POST", door.url + path, body=packed, headers=headers)
        assert answer.status in {400, 403}, path


def test_a_zip_in_the_place_of_a_table_is_told_so(alice):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("clients.csv", b"name,phone\n" + b"a" * VAST)
    file = {"kind": "clients", "file": (io.BytesIO(packed.getvalue()), "clients.csv")}
    assert alice.post("/clients/import", file, content_type="multipart/form-data").status_code == 422


def test_ten_thousand_fields_are_refused(alice, ruth):
    assert alice.post(f"{ruth}/edit", {f"f{number}": "1" for number in range(10_000)}).status_code in {413, 422}


def test_a_form_of_many_megabytes_is_refused(alice, ruth):
    assert alice.post(f"{ruth}/edit", {"name": "a" * 1024 * 1024}).status_code == 413


@pytest.mark.parametrize("name", ["../../evil.csv", "C:\\evil.csv", "a\0b.csv", "=cmd|.csv", "x" * 5000 + ".csv"])
def test_a_files_name_is_taken_for_nothing(alice, name):
    file = {"kind": "clients", "file": (io.BytesIO(b"name,phone,timezone\n"), name)}
    assert alice.post("/clients/import", file, content_type="multipart/form-data").status_code in {303, 422}
