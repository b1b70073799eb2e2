"""Statistics of a process: pure functions over numbers, no records and no clock.

Binary floats are right here and nowhere else: what is computed is an estimate, and no verdict on a piece is drawn
from it. Values and limits come in as floats of the unit the caller keeps them in.
"""
