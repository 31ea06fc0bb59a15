#!/bin/sh
# Masar as installed: the same commands as in the documentation (./run COMMAND). Settings come from the environment.
set -e
here=$(dirname "$(readlink -f "$0")")
export MASAR_HOME="${MASAR_HOME:-$here/../../var}"
export MASAR_PROCESSES="${MASAR_PROCESSES:-$here/processes}" MASAR_FORMS="${MASAR_FORMS:-$here/forms}"
exec "$here/venv/bin/python" -m engine.cli.main "$@"
