#!/bin/sh
# Installs Masar from this folder; needs Python 3.11 or later and nothing else, no network.
#   ./install.sh PREFIX        for example /opt/masar; doing it again changes nothing
set -e
here=$(cd "$(dirname "$0")" && pwd)
[ -n "$1" ] || { echo "Usage: ./install.sh PREFIX    (for example /opt/masar)" >&2; exit 2; }
for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -I "$here/install.py" "$@"
    fi
done
echo "Masar needs Python 3.11 or later. Name another with PYTHON=…" >&2
exit 1
