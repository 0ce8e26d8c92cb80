"""Sheets, briefs and cards, before they are set in type."""
