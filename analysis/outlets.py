"""The country an outlet writes from: what it means by a bare ريال, دينار or ليرة.

>>> country_of("الرياض", None), country_of(None, "https://www.example.sy/news/1")
('SA', 'SY')
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from analysis import lexicon
from analysis.text import fold_key


def country_of(outlet: str | None, url: str | None) -> str | None:
    """The ISO 3166 alpha-2 code of the outlet's country: by its name, its address's host, or the host's country domain; None
    where none tells.

    Pan-Arab outlets have none on purpose: they write for many countries, and name the one they mean.
    """
    names, hosts, domains = _known()
    if outlet is not None and (known := names.get(fold_key(outlet).lower())) is not None:
        return known or None
    if url is None:
        return None
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # no address at all, such as http://[
        return None
    last = ""
    while host:
        if host in hosts:
            return hosts[host] or None
        last, _, host = host.partition(".")
    return domains.get(last)


@cache
def _known() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    data = lexicon.read("outlets")
    names = {fold_key(name).lower(): each["country"] for each in data["outlet"] for name in each["names"]}
    hosts = {host: each["country"] for each in data["outlet"] for host in each.get("hosts", [])}
    return names, hosts, data["country_domains"]
