"""Makes gateways, and only then loads what they stand on: a webhook never imports twilio.rest or boto3."""

from pathlib import Path

from coach_portal.core.ports import EmailSender, FileStore, InboundBuffer, MessageQueue, PictureMaker, TextSender


def text_sender(account_sid: str, auth_token: str, *, webhook_url: str, api_url: str | None = None) -> TextSender:
    """Texts through Twilio. `webhook_url`: the public base of `/twilio/*`. `api_url`: another base for its REST API."""
    from coach_portal.core.gateways.twilio_texts import TwilioTexts, twilio_client

    return TwilioTexts(twilio_client(account_sid, auth_token, api_url=api_url), webhook_url=webhook_url)


def message_queue(queue_url: str) -> MessageQueue:
    """The SQS queue at this address."""
    from coach_portal.core.gateways.sqs_queue import SqsQueue

    return SqsQueue(queue_url)


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


def picture_maker() -> PictureMaker:
    """Pictures by resvg."""
    from coach_portal.core.gateways.resvg_pictures import ResvgPictures

    return ResvgPictures()
