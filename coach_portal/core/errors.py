"""Errors with a code. Wording for people lives at the edges; `permanent` says whether trying again could help."""

from collections.abc import Mapping


class CoachPortalError(Exception):
    """Base of every error we raise on purpose. `code` is stable; `permanent` means that a retry cannot help."""

    code = "error"
    permanent = True


class SettingMissing(CoachPortalError):
    """A setting that this command needs is absent or unusable; the message names it and says what to put there."""

    code = "setting_missing"


class NotFound(CoachPortalError):
    """No such row, or one that the person asking may not see: the two look alike on purpose."""

    code = "not_found"


class Invalid(CoachPortalError):
    """Input that cannot be accepted. `fields` maps each field's name to what to do about it."""

    code = "invalid"

    def __init__(self, fields: Mapping[str, str]):
        super().__init__("; ".join(f"{name}: {what}" for name, what in fields.items()))
        self.fields = dict(fields)


class NotAllowed(CoachPortalError):
    """The person is known and may not do this."""

    code = "not_allowed"


class CarrierError(CoachPortalError):
    """The carrier refused a text. `code` is Twilio's error code as text, or `http_STATUS`."""

    def __init__(self, code: str, message: str, *, permanent: bool):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.permanent = permanent


class EmailError(CoachPortalError):
    """An email was not taken. `code` is the server's status or the error's kind, never its words: they quote people."""

    def __init__(self, code: str, *, permanent: bool):
        super().__init__(code)
        self.code = code
        self.permanent = permanent


class PhotoError(CoachPortalError):
    """A photo was not fetched, or is none. `code` says why; `permanent` is False where it may be had later."""

    code = "photo"

    def __init__(self, code: str, *, permanent: bool):
        super().__init__(code)
        self.code = code
        self.permanent = permanent


class PostError(CoachPortalError):
    """An event was not posted. `code` says why, in words of ours."""

    code = "post"
    permanent = False

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class EmailOutcomeUnknown(CoachPortalError):
    """An email may or may not have been taken: the connection broke off after it was handed over."""

    code = "unknown"
    permanent = False


class CarrierOutcomeUnknown(CoachPortalError):
    """The call may or may not have reached the carrier (time-out, reset, 5xx): ask before any resend."""

    code = "unknown"
    permanent = False
