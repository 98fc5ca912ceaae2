"""Tokens, made and revoked through the API itself."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import g

from coach_portal.core.schemas.base import NothingMoreSchema
from coach_portal.core.schemas.token import NewTokenOut, TokenOut, TokenSchema
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.practice import tokens
from coach_portal.web.api.views import Work, creates, lists
from coach_portal.web.portal import portal


@lists("/tokens", TokenOut, tag="Tokens", scope="tokens")
def list_tokens(work: Work, window: Window) -> Page:
    """Your tokens, revoked ones too

    The owner sees those of the whole practice.
    """
    return listing.tokens(work.session, work.coach, window)


@creates("/tokens", NewTokenOut, given=TokenSchema, tag="Tokens", scope="tokens", tells_secrets=True)
def make_token(work: Work, data: dict[str, Any]) -> Any:
    """Make a token

    It acts as the coach that yours acts as, and may do no more than yours. `token` is told this once.
    """
    tokens.refuse_wider(data["scopes"], g.shown.scopes)
    now = portal().clock.machine_now()
    expires_at = now + timedelta(days=data["days"]) if data["days"] else None
    token = tokens.make_token(work.session, work.coach, data["name"], now, scopes=data["scopes"], expires_at=expires_at)
    row = tokens.row_of(work.session, work.coach, tokens.token_of(work.session, token).id)
    return SimpleNamespace(**row._mapping, token=token)


@creates("/tokens/<int:token_id>/revoke", TokenOut, given=NothingMoreSchema, tag="Tokens", scope="tokens")
def revoke_token(work: Work, _: dict[str, Any], token_id: int) -> Any:
    """End a token at once"""
    tokens.revoke_token(work.session, work.coach, token_id, portal().clock.machine_now())
    work.session.flush()
    return tokens.row_of(work.session, work.coach, token_id)
