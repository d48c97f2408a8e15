"""The ledger: many records, one account. Which events are one, what was claimed of them, how many died by which rule,
who held which place when. Nothing here depends on the order in which reports arrived."""
