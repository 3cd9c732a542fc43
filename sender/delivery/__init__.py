"""Deliver one dataset: what goes next, how fast, what an answer does to it."""
