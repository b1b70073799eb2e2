"""The release package as one PDF/A-3 file: plain facts in, bytes out.

Nothing in this room touches the database: the manifest is the whole truth of a package (README.md describes it).
"""
