"""What was done, in words, for the audit log: "{who} {words}"."""

from typing import Any, Final

WORDS: Final = {
    "view": "looked at",
    "add_client": "took on",
    "invite": "invited",
    "edit_client": "changed what we know of",
    "archive_client": "filed away",
    "erase_client": "erased",
    "export_client": "took out everything of",
    "export_practice": "took out everything of the practice",
    "import": "brought in a file",
    "set_keeping": "changed how long former clients are kept",
    "opt_out": "stopped all texts to",
    "pause": "paused",
    "resume": "ended the pause of",
    "clear_hold": "let texts go again to",
    "theirs_after_all": "made sure of the number of",
    "text_by_hand": "texted",
    "correct": "corrected the reading of a text of",
    "confirm_reading": "confirmed the reading of a text of",
    "unconfirm_reading": "took back a confirmed reading of",
    "acknowledge": "took an alert in hand about",
    "close_alert": "closed an alert about",
    "add_goal": "agreed a goal with",
    "edit_goal": "changed a goal of",
    "take_back_goal": "took back a change to a goal of",
    "retire_goal": "ended a goal of",
    "bring_back_goal": "took up a goal again of",
    "let_goal_be": "let a goal be for now, of",
    "advise_goal": "followed advice on a goal of",
    "set_schedule": "set when to ask",
    "remove_schedule": "took away a check-in of",
    "undo_wish": "undid a wish of",
    "log_win": "logged a win of",
    "change_win": "put a logged win right, of",
    "take_win_back": "took back a logged win of",
    "put_win_back": "put back a logged win of",
    "add_note": "wrote a note about",
    "change_note": "changed a note about",
    "remove_note": "took away a note about",
    "put_note_back": "put back a note about",
    "choose": "chose on their page how to be asked:",
    "choose_language": "chose the language on the page of",
    "add_commitment": "noted what was agreed with",
    "remove_commitment": "removed what was agreed with",
    "propose_supporter": "proposed a supporter for",
    "end_supporter": "ended the supporter of",
    "close_picture": "closed the week’s picture of",
    "send_own_version": "sent the session’s own version to",
    "close_own_version": "closed the session’s own version of",
    "open_page": "opened the own page of",
    "close_page": "closed the own page of",
    "open_practice": "opened the practice",
    "set_hours": "set the practice’s hours",
    "set_cap": "set what a month may cost",
    "set_pictures": "set how pictures go out",
    "register_number": "said how a number is registered",
    "name_second_contact": "named the second contact",
    "remove_second_contact": "removed the second contact",
    "set_alert_phone": "set where danger is texted to them",
    "choose_hour": "chose when preparations come",
    "choose_reach": "chose how to be reached",
    "open_calendar": "opened their calendar’s link",
    "close_calendar": "closed their calendar’s link",
    "add_wording": "added a wording",
    "remove_wording": "removed a wording",
    "add_question": "added a Sunday question",
    "retire_question": "ended a Sunday question",
    "make_token": "made an API token",
    "revoke_token": "ended an API token",
    "add_endpoint": "had events posted to a program",
    "rotate_endpoint": "changed the secret of an endpoint",
    "enable_endpoint": "switched an endpoint on again",
    "disable_endpoint": "switched an endpoint off that took nothing",
    "remove_endpoint": "removed an endpoint",
    "replay_events": "had events posted again",
    "switch_events_on": "had events kept for programs",
    "switch_events_off": "had no more events kept",
    "go_away": "went away",
    "come_back": "came back",
}


def words_of(action: str) -> str:
    """The words; for one that has none yet, its name made readable."""
    return WORDS.get(action, action.replace("_", " "))


def more(action: str, detail: dict[str, Any]) -> str:
    """What else there is to say of a line."""
    if action == "import":
        return f"{detail.get('taken', 0):,} {detail.get('kind', 'rows')}, {detail.get('left_out', 0):,} left out"
    if action == "erase_client":
        return f"{detail.get('rows', 0):,} rows"
    if action == "view" and detail.get("via") == "api":
        return "through the API"
    if action in {"export_client", "export_practice"}:
        return str(detail.get("form", "")).upper()
    return ""
