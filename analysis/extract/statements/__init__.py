"""Statements: who said what. Content, cue, source and speaker of every attribution in an article.

In goes a text, out come `Statement`s in order of their content; spans are code points of the text as given.

>>> for each in find_statements("قال الوزير سامي حداد إن الطريق مفتوح، مضيفاً: «نعمل ليل نهار»."):
...     print(each.cue, "|", each.speaker, "|", each.kind, "|", each.text)
قال | سامي حداد | indirect | إن الطريق مفتوح
مضيفاً | سامي حداد | direct | نعمل ليل نهار

How it goes, a file a step, each importing only from those above it:

- `cues`: every form of the verbs of saying, from `lexicon/cues.toml`
- `owned`, `words`: the text cut into words, each with all that its spelling alone can tell
- `closing`, `article`: the text with its words, quotations and sentences
- `conditions`: what tells that a cue with a complement attributes nothing after all
- `anonymous`, `callings`, `nouns`, `phrases`: the noun phrase that names a source, how far it reaches, and the name in it
- `joints`, `things`, `addressees`: what joins the parts of a phrase, what cannot speak, whom a source asks
- `bearers`: the name of who bears a title, where words that no list knows stand between the two
- `hearers`, `partners`, `nested`: whom a verb of telling tells, who speaks together with whom, which cues count inside a quotation
- `clauses`: what stands before a cue: may a clause start there, is its subject there
- `texts`: who issued the text or speaks on the occasion that a clause points back into
- `asides`, `between`, `objects`, `carrying`, `quoted`, `judgements`, `complements`: what follows a cue: the source in between, and
  where the content starts
- `purposes`, `topics`: what a body is for, and what أما puts first
- `relays`, `headlines`, `setting`, `according`: the other ways to attribute: نقلت … عن فلان, «فلان: …», بحسب فلان
- `spotting`: which forms may be cues where they stand
- `attributions`: every cue that has a complement, with its source
- `endings`: where the narrator goes on behind what was said
- `contents`: how far each content reaches, and whether it is quoted
- `counterparts`, `halves`, `plurals`, `unnamed`: by what else a person, people or a source without a name are known
- `names`, `registry`, `antecedents`, `speakers`: whom each source means
- `rows`: all of it as `Statement`s
"""

from __future__ import annotations

from analysis.extract.statements.rows import Statement, find_statements, scan_statements

__all__ = ["Statement", "find_statements", "scan_statements"]
