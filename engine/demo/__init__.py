"""The demo ministry: invented units, people and cases, made by the same commands that people use."""
