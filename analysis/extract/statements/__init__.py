"""Statements: who said what. Content, cue, source and speaker of every attribution in an article.

In goes a text, out come `Statement`s in order of their content; spans are code points of the text as given.

>>> for each in find_statements("قال الوزير سامي حداد إن الطريق مفتوح، مضيفاً: «نعمل ليل نهار»."):
...     print(each.cue, "|", each.speaker, "|", each.kind, "|", each.text)
قال | سامي حداد | indirect | إن الطريق مفتوح
مضيفاً | سامي حداد | direct | نعمل ليل نهار

How it goes, a folder or a file a step, each importing only from those above it:

- `vocabulary`: every form of the verbs of saying (`forms`, from `lexicon/cues.toml`), the lists of the lexicon (`listed`), what a
  word can be (`kinds`), and the text's words with all that their spelling alone can tell (`words`)
- `closing`, `article`: the text with its words, quotations and sentences; `parting`: words that scraping has run together
- `sources`: the noun phrase that names a source (`phrases`), word by word (`nouns`, `prepositions`, `names`), with whom it joins
- `cues`: which forms may be cues where they stand (`spotting`), the clause before them (`clauses`), what the clause points back to
- `complements`: what follows a cue (`complements`): the source in between, and where the content starts; and the other ways to
  attribute: نقلت … عن فلان (`relays`), «فلان: …» (`headlines`), بحسب فلان (`according`)
- `attributions`: every cue that has a complement, with its source
- `endings`, `contents`: how far each content reaches, and whether it is quoted
- `speakers`: whom each source means
- `rows`: all of it as `Statement`s
"""

from __future__ import annotations

from analysis.extract.statements.rows import Statement, find_statements, scan_statements

__all__ = ["Statement", "find_statements", "scan_statements"]
