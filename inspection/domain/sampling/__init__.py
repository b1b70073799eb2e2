"""Acceptance sampling: how many pieces are measured, how many may fail, and how strictly a series is looked at.

`z14` and `isolated` give a plan for a lot, `switching` and `skip_lot` follow a series of lots; all four are plain
arithmetic. `planning` puts a route's planned check, a lot and its series together, `series` keeps the series.
"""
