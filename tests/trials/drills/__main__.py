"""`python -m tests.trials.drills [--only NAME]`: one trouble after another, each with what came of it."""

import argparse
import sys

from tests.trials.drills import __doc__ as told
from tests.trials.drills.standing import run
from tests.trials.drills.troubles import DRILLS


def main() -> int:
    """Run the drills from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.drills", description=told)
    parser.add_argument("--only", choices=DRILLS, help="this one alone")
    parser.add_argument("--clients", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    all_well = True
    for name, drill in DRILLS.items():
        if asked.only in {None, name}:
            try:
                outcome = run(name, drill, clients=asked.clients, seed=asked.seed)
            except RuntimeError as error:
                print(f"== {name}: NOT RUN, {error}", flush=True)  # noqa: T201
                all_well = False
                continue
            print(outcome, flush=True)  # noqa: T201
            all_well &= outcome.is_good
    return 0 if all_well else 1


if __name__ == "__main__":
    sys.exit(main())
