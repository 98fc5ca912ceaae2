"""Whose door each address is: every new route needs its place in this table, or test_table_of_doors fails."""

from enum import Enum

IN = "in"
PERSONS = ("bob", "dana", "charlie")
"""The assistant, a coach of the practice who has another client, and the owner of another practice."""

FORM = {
    "title": "mine", "body": "hello", "local_time": "09:00", "kind": "message", "days": "1", "name": "Ruth",
    "timezone": "UTC", "locale": "en", "url": "https://example.com/doors", "texts_from": "09:00",
    "texts_until": "20:00", "sunday_from": "10:00",
}  # fmt: skip
"""What a page is sent: right enough for most of them, so that what refuses is the door."""
BODIES = {
    "api.add_goal": {"title": "5 squats"},
    "api.add_schedule": {"local_time": "08:30"},
    "api.add_appointment": {"day": "2026-11-30", "local_time": "10:00"},
    "api.text_by_hand": {"body": "Hello"},
    "api.settle_calls": {"how": "end"},
    "api.add_idea": {"title": "Call Mum"},
    "api.log_win": {"title": "called my sister", "on": "2026-11-18"},
    "api.correct_win": {"title": "called my mother", "on": "2026-11-17"},
    "api.add_note": {"body": "She moves in May"},
    "api.erase_client": {"name": "Ruth Adeyemi"},
    "api.switch_events": {"on": True},
    "api.add_endpoint": {"url": "https://example.com/doors"},
    "api.hand_over": {"clients": [1], "to": 1},
    "api.move_members": {"clients": [1]},
    "api.change_programme": {"name": "Sleep well", "locale": "en"},
    "api.add_step": {"kind": "message", "body": "Hello"},
    "api.change_step": {"kind": "message", "body": "Hello"},
    "api.look_ahead": {"starts_on": "2026-11-30"},
    "api.start_programme": {"clients": [1]},
    "api.make_token": {"name": "Sheet", "scopes": ["read"]},
}
"""What the API is sent; nothing else is needed by the rest."""


class Door(Enum):
    """Who comes in: the assistant, the colleague and, where the address names a row, the stranger.

    Without a row in the address the stranger comes into his own practice.
    """

    ANYONE = ()
    """Public, or a secret of its own that has its own tests."""
    PRACTICE = (IN, IN, 404)
    CLIENT = (IN, 404, 404)
    FILE = (404, 404, 404, "file")
    """A client's file, of which the tests' things hold none: only who comes in has tests elsewhere."""
    CLIENTS_OWNER = (403, 404, 404)
    WRITERS = (IN, 403, 404)
    WHOLE = (IN, 404, 404, "whole")
    """For those who see the whole practice; to a colleague it looks like nothing."""
    OWNER = (403, 403, 404)
    MINE = (404, 404, 404)
    """The row of one coach alone."""

    def for_whom(self, name: str, *, has_id: bool) -> object:
        """What this person gets: IN, or a status."""
        if name == "charlie" and not has_id:
            return IN
        return self.value[PERSONS.index(name)]


_TABLE = {
    Door.ANYONE: """
        alert_links.acknowledge_by_link alert_links.open_link api.openapi before.opened bootstrap.static
        endpoints.read_reference health.check joining.ask joining.join own_page.close own_page.data
        own_page.hours own_page.pace own_page.pause own_page.picture own_page.resume own_page.show
        own_page.speak own_page.undo own_page.way resets.ask resets.choose resets.form resets.reset sessions.feed
        sign_in.ask_code sign_in.form sign_in.submit sign_in.submit_code static stop.ask stop.ask_number
        stop.stop_now stop.stop_number weeks.opened
    """,
    Door.PRACTICE: """
        api.list_groups api.make_group api.show_group api.move_members api.list_people api.add_programme
        api.list_programmes api.show_programme api.look_ahead api.copy_programme api.start_programme api.list_enrolments
        api.list_steps
        account.change_password account.end_others account.end_session account.show api.add_client
        api.add_question api.list_alerts api.list_clients api.list_events api.list_examples api.list_questions
        api.list_tokens api.look_at_file api.make_token api.pause_many api.retire_question api.show_roster
        api.tag_many api.text_many calendar.show clients.add clients.new clients.roster deliveries.show
        endpoints.make_token endpoints.show enrolments.choose enrolments.start enrolments.take_back factor.begin
        factor.confirm factor.new_codes factor.show factor.turn_off groups.drop groups.make groups.one
        groups.put_in groups.rename groups.show groups.take_out growing_steps.show hours.show imports.choose
        imports.example imports.read many.choose many.pause many.resume many.tag many.take_back many.text
        many.weigh many_people.group people.show practice.own_phone practice.safety practice.show
        programme_steps.edit programme_steps.new programme_steps.preview programmes.add programmes.copy
        programmes.edit programmes.index programmes.new programmes.show programmes.show_calendar reach.choose
        reach.come_back reach.go_away reach.show registration.show review.queue sessions.close_calendar
        sessions.open_calendar sessions.prepare sessions.show sign_in.out sundays.add sundays.pictures
        sundays.retire sundays.show today.show wording.add wording.preview wording.remove wording.show
    """,
    Door.CLIENT: """
        api.list_enrolments_of_client api.show_enrolment api.pause_enrolment api.resume_enrolment api.stop_enrolment
        alerts.acknowledge alerts.close alerts.show api.add_appointment api.add_goal api.add_idea api.add_note
        api.add_schedule api.correct_reading api.correct_win api.export_client api.list_alerts_of_client
        api.list_appointments api.list_consents api.list_goals api.list_habits api.list_messages api.list_misses
        api.list_notes api.list_reflections api.list_schedules api.list_wins api.log_win api.remove_note
        api.settle_calls api.show_board api.show_client api.show_forecast api.show_import api.take_file
        api.take_win_back api.text_by_hand appointments.add appointments.cancel appointments.edit
        appointments.move appointments.new appointments.preview board.add board.drop board.keep board.show
        calls.agree calls.show clients.change clients.clear_hold clients.clear_hold_now clients.close_page
        clients.consent clients.consent_csv clients.consent_json clients.data clients.edit
        clients.everything_json clients.everything_zip clients.invite clients.live clients.opt_out
        clients.opt_out_now clients.pause clients.pause_now clients.progress clients.progress_live
        clients.resume clients.send_page clients.show clients.text clients.theirs_after_all clients.timeline
        clients.timeline_live clients.weigh enrolments.pause enrolments.resume enrolments.stop
        enrolments.take_up goals.add goals.change goals.edit goals.new goals.preview goals.retire
        goals.retire_now growing.advise_again growing.bring_back growing.change_back growing.let_be
        growing.thank imports.show imports.take imports.to_mend notes.add_note notes.change_note notes.edit_note
        notes.put_note_back notes.remove_note preparations.agree preparations.close_own preparations.forget
        preparations.paper preparations.send_own preparations.show reach.write review.answer review.save
        review.show review.undo schedules.add schedules.change schedules.edit schedules.new schedules.preview
        schedules.remove supporters.end supporters.propose supporters.show weeks.close weeks.picture weeks.show
        wins.add wins.change wins.edit wins.new wins.put_back wins.take_back wishes.undo_wish
    """,
    Door.FILE: """
        api.hear_recording calls.listen photos.show
    """,
    Door.CLIENTS_OWNER: """
        api.erase_client clients.erase
    """,
    Door.WRITERS: """
        api.change_programme api.retire_programme api.take_programme_up api.add_step api.change_step api.move_step
        api.remove_step
        programme_steps.add programme_steps.change programme_steps.move programme_steps.put_back
        programme_steps.remove programmes.change programmes.retire programmes.take_up
    """,
    Door.WHOLE: """
        api.show_money money.register money.show money.start
    """,
    Door.OWNER: """
        api.hand_over
        api.add_endpoint api.enable_endpoint api.list_deliveries api.list_endpoints api.remove_endpoint
        api.replay_deliveries api.rotate_endpoint api.switch_events endpoints.add_endpoint
        endpoints.enable_endpoint endpoints.remove_endpoint endpoints.replay endpoints.rotate_endpoint
        endpoints.show_endpoint endpoints.switch_events hours.change many_people.hand money.account money.cap
        money.leave people.invite people.require_factor people.send_again people.withdraw person.change_role
        person.hand_over person.leave person.show person.take_factor_off practice.remove_second_contact
        practice.second_contact records.everything records.keep records.show trail.show
    """,
    Door.MINE: """
        api.revoke_token api.show_erasure endpoints.revoke_token
    """,
}
DOORS = {endpoint: door for door, endpoints in _TABLE.items() for endpoint in endpoints.split()}
