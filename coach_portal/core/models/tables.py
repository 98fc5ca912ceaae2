"""The tables by name, for the hot paths, which speak SQLAlchemy Core."""

from coach_portal.core.models import Base

_tables = Base.metadata.tables

alert = _tables["alert"]
alert_step = _tables["alert_step"]
check_in = _tables["check_in"]
client = _tables["client"]
clock_shift = _tables["clock_shift"]
coach = _tables["coach"]
coach_client = _tables["coach_client"]
consent = _tables["consent"]
consent_head = _tables["consent_head"]
correction = _tables["correction"]
digest = _tables["digest"]
email = _tables["email"]
goal = _tables["goal"]
inbound_text = _tables["inbound_text"]
job_run = _tables["job_run"]
message = _tables["message"]
miss = _tables["miss"]
practice = _tables["practice"]
queue_item = _tables["queue_item"]
reflection = _tables["reflection"]
reflection_question = _tables["reflection_question"]
schedule = _tables["check_in_schedule"]
second_contact = _tables["second_contact"]
sending_number = _tables["sending_number"]
supporter = _tables["supporter"]
supporter_line = _tables["supporter_line"]
suppression = _tables["suppression"]
win = _tables["win"]
