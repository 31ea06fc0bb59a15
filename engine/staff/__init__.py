"""Units and people from a spreadsheet: read within bounds, judged line by line, then written at once or not at all."""
