"""Photos for those who may see the client."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Coach, Photo
from coach_portal.core.ports import FileStore
from coach_portal.core.services import scope
from coach_portal.core.services.photos import keeping


def of_messages(session: Session, message_ids: Sequence[int]) -> defaultdict[int, list[Photo]]:
    """The photos of these texts, in their order."""
    found: defaultdict[int, list[Photo]] = defaultdict(list)
    statement = select(Photo).where(Photo.message_id.in_(message_ids)).order_by(Photo.message_id, Photo.place)
    for photo in session.scalars(statement):
        found[photo.message_id].append(photo)
    return found


def seen_by(session: Session, coach: Coach, client_id: int, photo_id: int) -> str:
    """The name of a kept photo of a client whom this coach may see. Raises NotFound."""
    client = scope.client_of(session, coach, client_id)
    mine = select(Photo.name).where(Photo.id == photo_id, Photo.client_id == client.id, Photo.state == "kept")
    found = session.scalar(mine)
    if found is None:
        raise NotFound("no such photo")
    return found


def content(name: str, files: FileStore, *, is_small: bool) -> bytes:
    """The photo of this name as JPEG. Raises NotFound when the file is gone."""
    found = files.get(keeping.small(name) if is_small else keeping.full(name))
    if found is None:
        raise NotFound("no such photo")
    return found
