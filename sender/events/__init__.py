"""The table of events:

where it is, what it must look like, which part of it is new, and the bytes that are kept while they are sent.
"""
