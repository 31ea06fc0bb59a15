"""The built-in functions of FEEL, one module per noun; our own additions stand in `engine.feel.extensions` and
`engine.feel.countries`."""

from engine.feel import countries as countries
from engine.feel import extensions as extensions
from engine.feel.builtins import contexts as contexts
from engine.feel.builtins import conversion as conversion
from engine.feel.builtins import dates as dates
from engine.feel.builtins import lists as lists
from engine.feel.builtins import logic as logic
from engine.feel.builtins import numbers as numbers
from engine.feel.builtins import ranges as ranges
from engine.feel.builtins import sorting as sorting
from engine.feel.builtins import strings as strings
from engine.feel.builtins.registry import FUNCTIONS as FUNCTIONS
