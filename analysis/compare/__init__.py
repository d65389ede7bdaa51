"""Tables to comparisons: naming, hedging, keyness, claims, the ledger of sums. Each is a pure function of tables and gives a typed
table.
"""
