"""Speakers: whom each source means, within one article."""
