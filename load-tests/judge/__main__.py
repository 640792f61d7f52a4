"""python3 -m judge FOLDER: a line per law for a campaign that was played into this folder; exit 0 if all held."""

import sys
from pathlib import Path

from judge.history import load_history
from judge.laws import judge
from judge.summary import law_lines


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    verdicts = judge(load_history(Path(sys.argv[1])))
    print("\n".join(law_lines(verdicts)))
    return 0 if all(verdict.held for verdict in verdicts) else 1


sys.exit(main())
