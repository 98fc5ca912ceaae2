"""Makes gateways, and only then loads what they stand on: a webhook never imports twilio.rest or boto3."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from coach_portal.core.db import Database
from coach_portal.core.errors import CarrierError
from coach_portal.core.gateways.embedded_queue import EmbeddedQueue
from coach_portal.core.ports import (
    Carrier,
    EmailSender,
    EventPoster,
    FileStore,
    InboundBuffer,
    MediaSource,
    MessageQueue,
    PaperMaker,
    PhotoMaker,
    PictureMaker,
    Sealer,
    SecretStore,
)

if TYPE_CHECKING:
    from coach_portal.core.gateways.twilio_calls import TwilioCalls

T = TypeVar("T")


def text_sender(
    account_sid: str,
    auth_token: str,
    *,
    webhook_url: str,
    api_url: str | None = None,
    token_of: Callable[[str], str | None] = lambda _: None,
) -> Carrier:
    """Texts through Twilio. `webhook_url`: the public base of `/twilio/*`. `api_url`: another base for its REST API.
    `token_of` knows the tokens of the practices' own accounts."""
    from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client

    def connect(account: str, token: str, another: Callable[[str], Carrier] | None = None) -> Carrier:
        return TwilioTexts(twilio_client(account, token, api_url=api_url), webhook_url=webhook_url, another=another)

    return connect(account_sid, auth_token, _another(connect, token_of))


def call_placer(
    account_sid: str,
    auth_token: str,
    *,
    webhook_url: str,
    api_url: str | None = None,
    token_of: Callable[[str], str | None] = lambda _: None,
) -> "TwilioCalls":
    """Calls through Twilio, and what was recorded on them; as `text_sender`."""
    from coach_portal.core.gateways.twilio_calls import TwilioCalls
    from coach_portal.core.gateways.twilio_texts import twilio_client

    def connect(account: str, token: str, another: Callable[[str], TwilioCalls] | None = None) -> TwilioCalls:
        return TwilioCalls(twilio_client(account, token, api_url=api_url), webhook_url=webhook_url, another=another)

    return connect(account_sid, auth_token, _another(connect, token_of))


def _another(connect: Callable[[str, str], T], token_of: Callable[[str], str | None]) -> Callable[[str], T]:
    """Connects to a practice's own account, each once. Raises CarrierError when its token is not to be had."""
    connected = lru_cache(maxsize=256)(connect)

    def to(account: str) -> T:
        token = token_of(account)
        if token is None:
            raise CarrierError("no_token", "the account's token is not in the secret store", permanent=False)
        return connected(account, token)

    return to


def secret_store(prefix: str, database: Database, secret_key: str, now: Callable[[], datetime]) -> SecretStore:
    """Secrets in AWS Secrets Manager under this prefix; without one, sealed in the database."""
    if prefix:
        from coach_portal.core.gateways.aws_secrets import AwsSecrets

        return AwsSecrets(prefix)
    from coach_portal.core.gateways.sealed_secrets import SealedSecrets

    return SealedSecrets(database, secret_key, now)


def factor_seal(secret_key: str) -> Sealer:
    """What seals the secrets of second factors."""
    from coach_portal.core.gateways.seal import Seal

    return Seal(secret_key, "second factors")


def message_queue(
    queue_url: str, database: Database, now: Callable[[], datetime], name: str = "messages"
) -> MessageQueue:
    """The SQS queue at this address; without one, the queue in the database, whose leases run by `now`."""
    if queue_url:
        from coach_portal.core.gateways.sqs_queue import SqsQueue

        return SqsQueue(queue_url)
    return EmbeddedQueue(database, now, name=name)


def email_sender(url: str, from_: str, *, data_dir: Path) -> EmailSender:
    """Email by `EMAIL_URL`: `ses:`, `smtp://…` or `smtps://…`; without one it is kept in `data_dir`.

    Raises SettingMissing when the address is none of these or nobody is named as the sender.
    """
    from coach_portal.core.gateways import email_address

    if not url:
        from coach_portal.core.gateways.console_emails import ConsoleEmails

        return ConsoleEmails(data_dir / "mail")
    way = email_address.read(url, from_)
    if way.scheme == "ses":
        from coach_portal.core.gateways.ses_emails import SesEmails

        return SesEmails(from_)
    from coach_portal.core.gateways.smtp_emails import SmtpEmails

    return SmtpEmails(way, from_)


def event_poster(*, may_be_local: bool) -> EventPoster:
    """Posts events to practices' other software; `may_be_local`: on this machine too."""
    from coach_portal.core.gateways.event_posts import EventPosts

    return EventPosts(may_be_local=may_be_local)


def inbound_buffer(queue_url: str) -> InboundBuffer:
    """The SQS FIFO queue at this address."""
    from coach_portal.core.gateways.inbound_sqs import SqsBuffer

    return SqsBuffer(queue_url)


def file_store(bucket: str, *, data_dir: Path) -> FileStore:
    """Files in this S3 bucket; without one, in a folder of `data_dir`."""
    if bucket:
        from coach_portal.core.gateways.s3_files import S3Files

        return S3Files(bucket)
    from coach_portal.core.gateways.folder_files import FolderFiles

    return FolderFiles(data_dir / "files")


def paper_maker() -> PaperMaker:
    """Reports on paper by fpdf2."""
    from coach_portal.core.gateways.fpdf_papers import FpdfPapers

    return FpdfPapers()


def media_source(
    account_sid: str, auth_token: str, *, api_url: str | None = None, token_of: Callable[[str], str | None]
) -> MediaSource:
    """Attachments from Twilio. `token_of` knows the tokens of the practices' own accounts."""
    from coach_portal.core.gateways.twilio_media import TwilioMedia

    return TwilioMedia(
        account_sid, lambda account: auth_token if account == account_sid else token_of(account), api_url=api_url
    )


def photo_maker() -> PhotoMaker:
    """Photos made anew by Pillow."""
    from coach_portal.core.gateways.pillow_photos import PillowPhotos

    return PillowPhotos()


def picture_maker() -> PictureMaker:
    """Pictures by resvg."""
    from coach_portal.core.gateways.resvg_pictures import ResvgPictures

    return ResvgPictures()
