"""The Graph API: the request, the connection, what an answer means."""
