"""Corpora that do not fit in memory: articles of any number into a folder of Parquet files a table, and back part by part.

    sources -> pieces -> shards -> run -> reading

`pieces` cuts a source into shards, `shards` is what a worker does with one, `workers` runs them on this machine (`analysis.cluster`
on many), `storage` is where the result is kept, `run` brings all of it together so that no reader ever sees half of it, and
`reading` gives it back.

>>> import tempfile
>>> from analysis import places
>>> folder = tempfile.mkdtemp() + "/tables"
>>> extract_dataset(places.sample(), folder).rows["articles"], len(open_dataset(folder).only().statements) > 100
(20, True)
"""

from analysis.dataset.reading import Dataset, open_dataset
from analysis.dataset.run import extract_dataset, is_large

__all__ = ["Dataset", "extract_dataset", "is_large", "open_dataset"]
