"""The Graph API: the request, the connection, and what an answer means."""
