"""What stands above everything on each of a client's pages: the alerts that are open, and why no texts go."""

from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Alert, Client, Consent
from coach_portal.core.services.people import consent

GRAVEST = ("risk", "not_delivered", "possible_risk")

_CLIENT: BindParameter[int] = bindparam("client")
_OPEN = select(Alert).where(Alert.client_id == _CLIENT, Alert.closed_at.is_(None)).order_by(Alert.id)
_ABOUT_TEXTS = (
    select(Consent)
    .where(Consent.client_id == _CLIENT, Consent.purpose == "check_in", Consent.channel == "text")
    .order_by(Consent.id.desc())
)


@dataclass(frozen=True, slots=True)
class Banners:
    """The open alerts, danger first, then as they came; the consent ledger's lines about texts, newest first; and
    whether the number is somebody else's now."""

    alerts: list[Alert]
    consents: list[Consent]
    reassigned: bool

    @property
    def agreed(self) -> Consent | None:
        """The last line of the consent ledger."""
        return self.consents[0] if self.consents else None


def read(session: Session, client: Client) -> Banners:
    """What stands above the pages of a client whom the coach may see."""
    return Banners(
        alerts=_alerts(session, client),
        consents=list(session.scalars(_ABOUT_TEXTS, {"client": client.id})),
        reassigned=consent.is_reassigned(session.connection(), client.practice_id, client.phone),
    )


def _alerts(session: Session, client: Client) -> list[Alert]:
    ranks = {kind: rank for rank, kind in enumerate(GRAVEST)}
    return sorted(session.scalars(_OPEN, {"client": client.id}), key=lambda alert: ranks.get(alert.kind, len(ranks)))
