import unittest

from judge.schema import load, parse
from judge.wire import Malformed, Reader

PROTO = """
message Outer {
  enum Kind { KIND_UNSPECIFIED = 0; KIND_GOOD = 1; }  // said inside
  message Inner { int64 at_ms = 1; }
  string name = 1;
  repeated Inner inners = 2;
  oneof either { Kind kind = 3; Inner other = 4; }
  repeated uint32 counts = 5;
  double score = 6;
  bytes raw = 7;
  bool yes = 8;
}
"""


class WireTest(unittest.TestCase):
    def setUp(self) -> None:
        self.reader = Reader(parse([PROTO]))

    def test_reads_every_kind_of_field(self) -> None:
        data = bytes.fromhex("0a024142" "12020805" "1203088001" "1801" "2a03010203"
                             "310000000000000000" "3a01ff" "4001")
        self.assertEqual(
            self.reader.read("Outer", data),
            {"name": "AB", "inners": [{"at_ms": 5}, {"at_ms": 128}], "kind": "KIND_GOOD", "counts": [1, 2, 3],
             "score": 0.0, "raw": "ff", "yes": True},
        )

    def test_reads_negative_numbers_and_passes_over_unknown_fields(self) -> None:
        data = b"\x22\x0b\x08" + b"\xff" * 9 + b"\x01" + b"\xf8\x01\x07"
        self.assertEqual(self.reader.read("Outer", data), {"other": {"at_ms": -1}})

    def test_refuses_what_is_torn(self) -> None:
        for data in (b"\x0a\x05A", b"\x18", b"\x1b\x00", b"\x18\xff"):
            with self.assertRaises(Malformed):
                self.reader.read("Outer", data)

    def test_knows_the_schema_of_this_tree(self) -> None:
        schema = load()
        self.assertEqual(schema.messages["OutboundEvent"][9].kind, "RequestState")
        self.assertEqual(schema.messages["InboundClassified"][1].kind, "InboundText")
        self.assertEqual(schema.enums["OutboundEvent.Kind"][2], "KIND_ENDED")
        self.assertEqual(schema.messages["Attempt"][7].kind, "Attempt.NotSent")


if __name__ == "__main__":
    unittest.main()
