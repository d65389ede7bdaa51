"""Reading articles (being written): blocks are here already."""

from __future__ import annotations

from analysis.blocks import Block, find_blocks

__all__ = ["Block", "find_blocks"]
