"""Reads protobuf's wire format into plain dictionaries, shaped like protobuf's JSON with the schema's names.

Fields at their default are absent, as on the wire; unknown ones are passed over.
"""

import struct
from typing import Any

from judge.schema import SCALARS, Field, Schema

Message = dict[str, Any]

MASK = (1 << 64) - 1


class Malformed(ValueError):
    pass


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & MASK, at
        shift += 7
    raise Malformed("ends inside a number")


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


class Reader:
    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def read(self, name: str, data: bytes) -> Message:
        fields = self.schema.messages[name]
        message: Message = {}
        at = 0
        while at < len(data):
            tag, at = _varint(data, at)
            raw, at = self._raw(data, at, tag & 7)
            known = fields.get(tag >> 3)
            if known is not None:
                self._put(message, known, tag & 7, raw)
        return message

    @staticmethod
    def _raw(data: bytes, at: int, wire_type: int) -> tuple[int | bytes, int]:
        if wire_type == 0:
            return _varint(data, at)
        if wire_type == 2:
            size, at = _varint(data, at)
        elif wire_type in (1, 5):
            size = 8 if wire_type == 1 else 4
        else:
            raise Malformed(f"wire type {wire_type}")
        if at + size > len(data):
            raise Malformed("ends inside a field")
        return data[at : at + size], at + size

    def _put(self, message: Message, known: Field, wire_type: int, raw: int | bytes) -> None:
        if not known.repeated:
            message[known.name] = self._value(known.kind, raw)
            return
        values = message.setdefault(known.name, [])
        packed = wire_type == 2 and (known.kind in self.schema.enums or known.kind in SCALARS - {"string", "bytes"})
        if not packed:
            values.append(self._value(known.kind, raw))
            return
        at = 0
        while at < len(raw):  # type: ignore[arg-type]
            number, at = _varint(raw, at)  # type: ignore[arg-type]
            values.append(self._value(known.kind, number))

    def _value(self, kind: str, raw: int | bytes) -> Any:
        if kind in self.schema.messages:
            return self.read(kind, raw)  # type: ignore[arg-type]
        if kind in self.schema.enums:
            return self.schema.enums[kind].get(raw, raw)  # type: ignore[arg-type]
        if kind == "string":
            return raw.decode(errors="replace")  # type: ignore[union-attr]
        if kind == "bytes":
            return raw.hex()  # type: ignore[union-attr]
        if kind == "double":
            return struct.unpack("<d", raw)[0]  # type: ignore[arg-type]
        if kind == "bool":
            return bool(raw)
        return _signed(raw) if kind.startswith("int") else raw  # type: ignore[arg-type]
