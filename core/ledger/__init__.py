"""The one mechanism of ledgers: accounts with a balance, entries that are only ever added (M3).

A ledger is a pair of models (`LedgerAccount`, `LedgerEntry`). Its service locks the accounts (`lock`), decides, and
writes with `append`. The database refuses UPDATE, DELETE and TRUNCATE of entries; each entry carries a seal over
itself and the one before, so `verify` names a row that was changed behind that refusal.
"""
