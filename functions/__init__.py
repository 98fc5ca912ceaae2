"""One file per Lambda: handler(event, context) calls one service."""

import gc
import os

# What a cold start loads stays, and going through it for garbage meanwhile is a sixth of the start (measured).
# `runtime.settle` sets the collector going again.
if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    gc.disable()
