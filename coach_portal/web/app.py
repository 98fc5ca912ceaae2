"""The portal as a WSGI app. Nothing exists before `create_app` is called with what it needs."""

from flask import Flask
from flask_bootstrap import Bootstrap5

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.gateways import wiring
from coach_portal.core.ports import Clock, MessageQueue
from coach_portal.web import access, api, csrf, error_pages, headers, packing, phrasing, rail, statics, viewing
from coach_portal.web.portal import Portal
from coach_portal.web.rooms import ROOMS


def create_app(settings: Settings, database: Database, queue: MessageQueue, clock: Clock) -> Flask:
    """Build the portal."""
    app = Flask(__name__)
    files = wiring.file_store(settings.files_bucket, data_dir=settings.data_dir)
    here = Portal(settings, database, queue, clock, files)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        # Flask's own cookie carries only what was just done ("Saved") and the sign-in form's CSRF secret.
        SESSION_COOKIE_NAME="__Host-page" if here.is_https else "page",
        SESSION_COOKIE_SECURE=here.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        BOOTSTRAP_SERVE_LOCAL=True,
        MAX_CONTENT_LENGTH=256 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.url_map.merge_slashes = False  # its redirect would name whatever host the asker named
    app.extensions["portal"] = here
    Bootstrap5(app)
    for part in (packing, access, csrf, headers, error_pages, phrasing, rail, statics, viewing):
        part.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room)
    api.register(app)
    return app
