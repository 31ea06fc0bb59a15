"""What each kind of node does when it runs."""

from engine.feel.closures import calls as calls
from engine.feel.closures import collections as collections
from engine.feel.closures import iteration as iteration
from engine.feel.closures import operators as operators
from engine.feel.closures import paths as paths
from engine.feel.closures import tests as tests
from engine.feel.closures.core import Closure as Closure
from engine.feel.closures.core import closed as closed
