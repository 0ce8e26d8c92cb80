"""The story's chapters: the organisation, and each incident."""
