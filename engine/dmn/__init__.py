"""DMN: decision models of the versions 1.1 to 1.5, evaluated with FEEL, with the rules that gave each answer."""

from engine.dmn.loading import load
from engine.dmn.model import Decided, DecisionInfo, Model, OutputInfo
from engine.dmn.problems import DmnError
from engine.dmn.run import Asked

__all__ = ["Asked", "Decided", "DecisionInfo", "DmnError", "Model", "OutputInfo", "load"]
