"""A catalog back out of the guide: to HSDS, to a spreadsheet, to a website (docs/publisher.md)."""
