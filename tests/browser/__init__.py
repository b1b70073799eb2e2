"""The sample shop seen with a real browser: every page each person can reach, photographed and judged.

`tour`          signs a person in and finds every page that follows from links
`screenshots`   photographs them all; run it with `make screenshots`
"""
