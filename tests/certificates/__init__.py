"""Certificates made for tests: what a paper says is known to the letter, what is wrong with it was put there."""
