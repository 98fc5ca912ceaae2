"""What the portal and the functions share.

Never imports Flask, werkzeug or zappa. Arrows inside: services → models → rules, gateways beside services behind ports.
"""
