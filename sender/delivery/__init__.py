"""Deliver one dataset: what goes next, how fast, and what an answer changes."""
