"""What the tables say, in sentences with their numbers: the finding that a report leads with.

In go the tables or a comparison's result and a language, out comes a list of sentences, the most important first. Nothing is said
that the table does not hold: a difference is called one only where the intervals do not overlap, and sums are never added up.

A file a page, and `phrases.py` for what their sentences share.
"""

from __future__ import annotations

from analysis.report.findings.claims_page import claims
from analysis.report.findings.corpus_page import corpus
from analysis.report.findings.framing_page import DISTANCE, DOUBTS, hedging, keyness, naming
from analysis.report.findings.funding_page import funding
from analysis.report.findings.phrases import label_surfaces
from analysis.report.findings.timeline_page import timeline

__all__ = ["DISTANCE", "DOUBTS", "claims", "corpus", "funding", "hedging", "keyness", "label_surfaces", "naming", "timeline"]
