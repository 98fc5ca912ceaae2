"""Lambda's Python runtimes: the C library each offers, and until when AWS looks after it."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class LambdaRuntime:
    """One runtime. `glibc` is the newest version of the C library's symbols that a package may ask for."""

    name: str
    glibc: tuple[int, int]
    ends_on: date

    @property
    def python(self) -> str:
        """Such as "3.13"."""
        return self.name.removeprefix("python")

    @property
    def platforms(self) -> list[str]:
        """The wheels that fit, newest first."""
        return [f"manylinux_2_{minor}_x86_64" for minor in range(self.glibc[1], 4, -1)] + ["manylinux2014_x86_64"]


# Dates: "Lambda runtimes", AWS Lambda developer guide, as cfn-lint 1.58 carries them. C libraries: Amazon Linux 2 has
# 2.26, Amazon Linux 2023 has 2.34.
RUNTIMES: Final = {
    each.name: each
    for each in (
        LambdaRuntime("python3.11", (2, 26), date(2027, 6, 30)),
        LambdaRuntime("python3.12", (2, 34), date(2028, 10, 31)),
        LambdaRuntime("python3.13", (2, 34), date(2029, 6, 30)),
    )
}
RUNTIME: Final = RUNTIMES["python3.13"]
"""Ours unless told otherwise. On python3.11 the library that writes reports on paper could not be loaded."""
