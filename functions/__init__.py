"""One file per Lambda: handler(event, context) calls one service."""
