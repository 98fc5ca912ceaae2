"""Files, in a folder and in S3 as moto plays it: the same promises."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from coach_portal.core.gateways.folder_files import FolderFiles
from coach_portal.core.gateways.wiring import file_store
from coach_portal.core.ports import FileStore


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="pictures")
        yield client


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, s3: Any, tmp_path: Path) -> FileStore:
    return file_store("pictures" if request.param == "s3" else "", data_dir=tmp_path)


def test_what_was_put_can_be_got(store: FileStore) -> None:
    store.put("weeks/1-a.png", b"picture", "image/png")
    assert store.get("weeks/1-a.png") == b"picture"


def test_what_was_never_put_is_none(store: FileStore) -> None:
    assert store.get("weeks/1-a.png") is None


def test_the_last_one_put_stands(store: FileStore) -> None:
    store.put("weeks/1-a.png", b"old", "image/png")
    store.put("weeks/1-a.png", b"new", "image/png")
    assert store.get("weeks/1-a.png") == b"new"


def test_what_is_deleted_is_gone_and_twice_does_no_harm(store: FileStore) -> None:
    store.put("weeks/1-a.png", b"picture", "image/png")
    for _ in range(2):
        store.delete("weeks/1-a.png")
    assert store.get("weeks/1-a.png") is None


def test_in_s3_it_lies_encrypted(s3: Any, tmp_path: Path) -> None:
    file_store("pictures", data_dir=tmp_path).put("weeks/1-a.png", b"picture", "image/png")
    kept = s3.head_object(Bucket="pictures", Key="weeks/1-a.png")
    assert (kept["ServerSideEncryption"], kept["ContentType"]) == ("AES256", "image/png")


def test_a_bucket_that_is_not_there_is_no_missing_file(s3: Any, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="NoSuchBucket"):
        file_store("elsewhere", data_dir=tmp_path).get("weeks/1-a.png")


def test_in_a_folder_others_cannot_read_it(tmp_path: Path) -> None:
    FolderFiles(tmp_path).put("weeks/1-a.png", b"picture", "image/png")
    assert stat.S_IMODE((tmp_path / "weeks" / "1-a.png").stat().st_mode) == 0o600


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="out of its folder"):
        FolderFiles(tmp_path / "files").put("../secret", b"", "image/png")
