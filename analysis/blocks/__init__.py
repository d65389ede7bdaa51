"""What each line of an article is for: title, byline, dateline, body or boilerplate.

In goes an article's text, out come its lines as `Block`s in order: every line with something on it, without the white space around.

>>> story = "افتتح الوزير يوم السبت مدرسة جديدة في المدينة، بعد عامين من العمل فيها."
>>> page = "الوزير يفتتح المدرسة الجديدة\\n\\n389\\n\\n" + story + "\\n\\nالتعليقات مغلقة."
>>> [(block.role, block.text[:12]) for block in find_blocks(page)]
[('title', 'الوزير يفتتح'), ('boilerplate', '389'), ('body', 'افتتح الوزير'), ('boilerplate', 'التعليقات مغ')]

Phrases are in `lexicon/boilerplate.toml`; here is only where they count.  A page has its furniture at its edges, before the first
and after the last full paragraph of the story: only there are words taken for furniture that could head a part of a story too.
A line is never split, and a doubtful one is body: a sentence of the story taken for boilerplate would be lost to the tables.
"""

from analysis.blocks.lines import is_title, title_key
from analysis.blocks.roles import Block, find_blocks, scan_blocks

__all__ = ["Block", "find_blocks", "is_title", "scan_blocks", "title_key"]
