"""The dozen clients of the furnished practice, in the order in which their phones lie on the table."""

from infra.local.demo.people import away, quiet, spanish, steady
from infra.local.demo.person import Person

PEOPLE: tuple[Person, ...] = (*steady.PEOPLE, *spanish.PEOPLE, *quiet.PEOPLE, *away.PEOPLE)
