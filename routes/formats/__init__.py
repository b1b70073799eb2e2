"""Readers of the files a shop receives: plain data out, no records touched."""
