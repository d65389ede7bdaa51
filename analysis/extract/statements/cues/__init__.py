"""Cues where they stand: the clause before them, the sentence around them, and what tells that one attributes nothing."""
