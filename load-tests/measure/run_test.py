"""The figures that load-tests/run prints."""

import importlib.util
import unittest
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

YARDSTICKS = {"calibration": 490, "storage": 1000}


def load_run() -> ModuleType:
    loader = SourceFileLoader("run", str(Path(__file__).resolve().parents[1] / "run"))
    spec = importlib.util.spec_from_loader("run", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def figures(not_sent: int) -> dict:
    result = {"texts": 10_000, "not_sent": not_sent, "seconds": 4.0}
    return load_run().figures("send", result, [2.0, 30_000.0, 20_000.0], 100.0, YARDSTICKS, YARDSTICKS)


class RunTest(unittest.TestCase):
    def test_counts_what_was_sent_and_not_what_was_asked_for(self) -> None:
        self.assertEqual((figures(0)["value"], figures(0)["cpu_s_per_1000"]), (2500.0, 0.2))
        half = figures(5_000)
        self.assertEqual((half["value"], half["not_sent"], half["yardsticks"][0]["ratio"]), (1250.0, 5_000, 1250.0))
        self.assertEqual((half["cpu_s_per_1000"], half["records_per_text"], half["rows_per_text"]), (0.4, 6.0, 4.0))

    def test_there_is_no_figure_where_nothing_was_sent(self) -> None:
        with self.assertRaises(SystemExit):
            figures(10_000)


if __name__ == "__main__":
    unittest.main()
