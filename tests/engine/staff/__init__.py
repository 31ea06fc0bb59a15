"""Units and people from a spreadsheet."""
