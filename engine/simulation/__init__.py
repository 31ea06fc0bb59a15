"""Simulated years: synthetic cases made by the same commands that people use, with a clock that only moves on.

`./run simulate` plays it; processes/demo/simulation.yaml says how people behave. The same seed makes the same years."""

from engine.simulation.habits import Habits, read_habits
from engine.simulation.years import Told, Years

__all__ = ["Habits", "Told", "Years", "read_habits"]
