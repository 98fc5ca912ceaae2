"""The photos that a client sent, for their coach."""

from flask import Blueprint, Response, request

from coach_portal.core.services.photos import showing
from coach_portal.web.access import me
from coach_portal.web.portal import portal

photos = Blueprint("photos", __name__)


@photos.get("/clients/<int:client_id>/photos/<int:photo_id>.jpg")
def show(client_id: int, photo_id: int) -> Response:
    """A photo, in full or small."""
    here = portal()
    with here.database.reading() as session:
        name = showing.seen_by(session, me(), client_id, photo_id)
    drawn = Response(showing.content(name, here.files, is_small="size" in request.args), mimetype="image/jpeg")
    drawn.headers["X-Robots-Tag"] = "noindex"
    drawn.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    return drawn
