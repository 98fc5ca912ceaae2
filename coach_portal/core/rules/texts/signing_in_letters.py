"""Emails about signing in: to coaches, in the language of the portal. They name no client."""

from typing import Final

from coach_portal.core.rules.texts.letters import Letter


def reset(link: str) -> Letter:
    """Somebody asked for a new password."""
    return Letter(
        "A new password for Coach Portal",
        "Somebody, most likely you, asked for a new password.\n\n"
        f"Choose it on this page within 30 minutes. The link works once:\n{link}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n",
    )


def invitation(practice: str, inviter: str, role: str, days: int, link: str) -> Letter:
    """Somebody is asked to join a practice; `role` as rules.roles.NAMES has it."""
    return Letter(
        f"{inviter} invites you to {practice}",
        f"{inviter} would like you to join {practice} on Coach Portal as {role}.\n\n"
        f"Choose your name and password on this page within {days} days. The link works once:\n{link}\n\n"
        "If you do not know what this is about, do nothing.\n",
    )


PASSWORD_CHANGED: Final = Letter(
    "Your password was changed",
    "The password with which you sign in to Coach Portal was changed just now, and every other session has ended.\n\n"
    "If that was not you, ask for a new password on the sign-in page at once, and tell your practice's owner.\n",
)

FACTOR_ON: Final = Letter(
    "Your second factor is on",
    "From now on, signing in to Coach Portal asks for a code from your authenticator app as well.\n\n"
    "If that was not you, ask for a new password on the sign-in page at once, and tell your practice's owner.\n",
)

FACTOR_OFF: Final = Letter(
    "Your second factor is off",
    "Signing in to Coach Portal no longer asks for a code from your authenticator app.\n\n"
    "If that was neither you nor your practice's owner, ask for a new password on the sign-in page at once.\n",
)


def left_with_clients(name: str, held: int, url: str) -> Letter:
    """Somebody left, and clients of theirs have nobody."""
    clients = "1 client has" if held == 1 else f"{held} clients have"
    return Letter(
        f"{clients.capitalize()} no coach",
        f"{name} has left, and {clients} nobody now. Their automatic texts are held, and whatever needs someone comes "
        f"to you.\n\nHand them over here:\n{url}\n",
    )
