"""The `coach-portal` command."""


def main() -> None:
    """Parse the command line and run one command."""
