"""Reads the .proto files of proto/whistlestop/v1: as much of the language as they use.

The judge knows the topics by their published schema alone, so it shares no generated code with the gateway.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

TOKEN = re.compile(r'"[^"]*"|[A-Za-z_][\w.]*|\d+|[{}=;<>,\[\]]')
SCALARS = {"string", "bytes", "bool", "double", "uint32", "uint64", "int32", "int64"}


@dataclass(frozen=True)
class Field:
    name: str
    kind: str  # a scalar, or the full name of a message or an enum
    repeated: bool


@dataclass
class Schema:
    messages: dict[str, dict[int, Field]] = field(default_factory=dict)
    enums: dict[str, dict[int, str]] = field(default_factory=dict)


class _Parser:
    def __init__(self, text: str, schema: Schema) -> None:
        self.tokens = TOKEN.findall(re.sub(r"//[^\n]*", "", text))
        self.at = 0
        self.schema = schema

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def skip_statement(self) -> None:
        while self.take() != ";":
            pass

    def file(self) -> None:
        while self.at < len(self.tokens):
            word = self.take()
            if word == "message":
                self.message("")
            elif word == "enum":
                self.enum("")
            else:
                self.skip_statement()

    def message(self, outer: str) -> None:
        name = outer + self.take()
        self.take()  # {
        self.schema.messages[name] = {}
        self.members(name)

    def members(self, name: str) -> None:
        while (word := self.take()) != "}":
            if word == "message":
                self.message(name + ".")
            elif word == "enum":
                self.enum(name + ".")
            elif word == "oneof":
                self.at += 2  # its name, {
                self.members(name)
            elif word in ("reserved", "option"):
                self.skip_statement()
            else:
                self.field(name, word)

    def field(self, message: str, word: str) -> None:
        repeated = word == "repeated"
        kind = self.take() if repeated else word
        name = self.take()
        self.take()  # =
        self.schema.messages[message][int(self.take())] = Field(name, kind, repeated)
        self.skip_statement()

    def enum(self, outer: str) -> None:
        values: dict[int, str] = {}
        self.schema.enums[outer + self.take()] = values
        self.take()  # {
        while (word := self.take()) != "}":
            if word in ("reserved", "option"):
                self.skip_statement()
                continue
            self.take()  # =
            values[int(self.take())] = word
            self.skip_statement()


def _full_name(schema: Schema, message: str, kind: str) -> str:
    """Looks a type up from the inside of `message` outwards."""
    scope = message.split(".")
    for depth in range(len(scope), -1, -1):
        name = ".".join(scope[:depth] + [kind])
        if name in schema.messages or name in schema.enums:
            return name
    raise ValueError(f"{message}: no type {kind}")


def parse(texts: list[str]) -> Schema:
    schema = Schema()
    for text in texts:
        _Parser(text, schema).file()
    for message, fields in schema.messages.items():
        for number, one in fields.items():
            if one.kind not in SCALARS:
                fields[number] = Field(one.name, _full_name(schema, message, one.kind), one.repeated)
    return schema


def load() -> Schema:
    """The schema of this tree."""
    folder = Path(__file__).resolve().parents[2] / "proto" / "whistlestop" / "v1"
    return parse([file.read_text() for file in sorted(folder.glob("*.proto"))])
