"""When things happen in the story, counted back from its end."""

from datetime import UTC, datetime, timedelta

from coach_portal.core.rules.schedule import wall_time, zone
from infra.local.demo.person import Person, Scene


def last_time(local_time: str, timezone: str, now: datetime) -> datetime:
    """The last moment at which it was this o'clock there."""
    here, wall = now.astimezone(zone(timezone)), wall_time(local_time)
    at = here.replace(hour=wall.hour, minute=wall.minute, second=0, microsecond=0)
    return (at if at <= here else at - timedelta(days=1)).astimezone(UTC)


def moment_of_scene(scene: Scene, person: Person, now: datetime) -> datetime:
    """When a scene takes place."""
    return last_time(scene.local_time, person.timezone, now) - timedelta(days=scene.days_ago)
