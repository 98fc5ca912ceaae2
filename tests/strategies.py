"""What Hypothesis draws from."""

from datetime import UTC, datetime

from hypothesis import strategies as st

FIRST, LAST = datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-01-01")

moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
"""Any moment of fifteen years, in UTC."""
