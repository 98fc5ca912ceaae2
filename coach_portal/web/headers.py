"""What every answer says about how it may be used."""

from flask import Flask, Response, g

from coach_portal.web.portal import portal

# Nothing inline and nothing from elsewhere; `data:` is for the images inside Bootstrap's stylesheet.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
TWO_YEARS = 2 * 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Put them on every answer, errors included."""
    app.after_request(_put)


def _put(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if portal().is_https:
        response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
    # What a client wrote is not to be found in a cache, nor by the back button after signing out.
    if g.get("signed_in") or response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    return response
