"""The tests; cases as data in cases/, laid over the small company in company/."""
