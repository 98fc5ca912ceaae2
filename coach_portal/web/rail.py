"""The rooms in the rail. Whoever adds a page adds its room: `app.extensions["rail"].append(Room(...))`."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for


@dataclass(frozen=True, slots=True)
class Room:
    """A place in the rail: its endpoint, its word, and its icon's id in templates/icons.svg."""

    endpoint: str
    label: str
    icon: str

    @property
    def is_here(self) -> bool:
        """Whether the page being shown belongs to this room."""
        address = url_for(self.endpoint)
        return request.path == address or (request.path.startswith(f"{address.rstrip('/')}/") and address != "/")


def init_app(app: Flask) -> None:
    """Start with the rooms every practice has."""
    app.extensions["rail"] = [
        Room("today.show", "Today", "sunrise"),
        Room("clients.roster", "Clients", "people"),
        Room("calendar.show", "Calendar", "calendar"),
        Room("programmes.index", "Programmes", "steps"),
        Room("practice.show", "Practice", "house"),
    ]
    app.context_processor(_for_templates)


def _for_templates() -> dict[str, object]:
    return {"rail": current_app.extensions["rail"], "signed_in": g.get("signed_in")}
