"""Weeks of practice under faults: the real functions, services, rules and database in a made-up world.

Nothing waits and nothing runs beside anything else: whatever happens is an entry in one timetable, and all chance
comes from the seed, so that a seed is one exact run. What is made up is the world around the product: the clock, the
queue, the carrier, the people and what goes wrong. A judge who was told what people did, and who keeps the carrier's
book, looks for promises that were broken.
"""
