"""Photos that make-believe phones can send, drawn by us, and how the carrier speaks of one."""

from pathlib import Path

from infra.local.carrier.texts import API_VERSION

FOLDER = Path(__file__).parent
PHOTOS = {"walk": "a morning walk", "journal": "an open journal"}
"""What each shows, by its name."""
API = "https://api.twilio.com"


def content(name: str) -> bytes:
    """One photo as JPEG. Raises KeyError for a name that is none of PHOTOS."""
    if name not in PHOTOS:
        raise KeyError(name)
    return (FOLDER / f"{name}.jpg").read_bytes()


def media_sid(message_sid: str) -> str:
    """The id of a text's one attachment."""
    return f"ME{message_sid[2:]}"


def attached(message_sid: str, account_sid: str, name: str) -> dict[str, str]:
    """What the webhook's form says of a text's attachments."""
    if not name:
        return {"NumMedia": "0"}
    path = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{message_sid}/Media/{media_sid(message_sid)}"
    return {"NumMedia": "1", "MediaUrl0": f"{API}{path}", "MediaContentType0": "image/jpeg"}
