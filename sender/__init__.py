"""Deliver hashed offline events to Meta's Conversions API, each of them once, and remember what happened to it."""
