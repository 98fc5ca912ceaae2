"""The portal on Lambda: `app` is what Zappa's handler calls. Importing this reads the environment."""

import logging

from coach_portal.core.logs import set_up_logs
from coach_portal.web import wsgi
from infra.aws.asker import asked_by

set_up_logs(logging.INFO)
logging.getLogger("zappa.wsgi").setLevel(logging.WARNING)  # it names every path, and some are private links
app = asked_by(wsgi.create().wsgi_app)
