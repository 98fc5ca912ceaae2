"""The demo's secrets: made up on the first start, kept in DATA_DIR where only its owner can read them."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = "demo.json"
# Easy to type from a terminal; guesses are throttled, and the demo listens on this machine only.
_WORDS = """
amber autumn bakery birch bridge candle canyon cedar cinder clover cobalt copper cotton ember fern fjord harbor
hazel heron island ivory juniper kettle lantern linen lemon maple marble meadow mitten morning moss nectar oak
olive orchard otter paper pebble pepper piano pine plum poppy quilt raven river saddle saffron sage sparrow
teapot thistle timber tulip velvet violet walnut willow window winter wren yarrow zephyr
"""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the demo signs, calls and lets in with."""

    secret_key: str = field(repr=False)
    account_sid: str
    auth_token: str = field(repr=False)
    password: str = field(repr=False)


def keep(data_dir: Path) -> Keys:
    """The keys of this directory; made on the first call."""
    file = data_dir / FILE
    if file.exists():
        return Keys(**json.loads(file.read_text()))
    keys = Keys(
        secret_key=secrets.token_hex(32),
        account_sid="AC" + secrets.token_hex(16),
        auth_token=secrets.token_hex(16),
        password="-".join(secrets.SystemRandom().sample(_WORDS.split(), 4)),
    )
    write_private(file, json.dumps(asdict(keys)))
    return keys


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read; whoever reads it finds all of it or none."""
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
    beside.replace(file)
