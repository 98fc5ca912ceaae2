"""The portal as Zappa's handler loads it."""

import os
import subprocess
import sys

READ = "import infra.aws.portal, logging; print(logging.getLogger('zappa.wsgi').isEnabledFor(logging.INFO))"


def test_no_path_is_logged_for_some_are_private_links(settings):
    environment = {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": settings.public_url,
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "DATA_DIR": str(settings.data_dir),
    }
    told = subprocess.run(
        [sys.executable, "-c", READ], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    assert told.stdout.split()[-1] == "False"
