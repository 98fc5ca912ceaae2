"""The rooms in the rail. Whoever adds a page adds its room: `app.extensions["rail"].append(Room(...))`."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request


@dataclass(frozen=True, slots=True)
class Room:
    """A place in the rail: its endpoint, its word, and its icon's id in templates/icons.svg."""

    endpoint: str
    label: str
    icon: str

    @property
    def is_here(self) -> bool:
        """Whether the page being shown belongs to this room."""
        return request.blueprint == self.endpoint.split(".")[0]


def init_app(app: Flask) -> None:
    """Start with the rooms every practice has."""
    app.extensions["rail"] = [Room("today.show", "Today", "sunrise"), Room("clients.roster", "Clients", "people")]
    app.context_processor(_for_templates)


def _for_templates() -> dict[str, object]:
    return {"rail": current_app.extensions["rail"], "signed_in": g.get("signed_in")}
