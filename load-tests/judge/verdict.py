"""What a law found."""

from dataclasses import dataclass, field

CHECKS_MIN = 20  # a law that was hardly asked has not held


@dataclass
class Verdict:
    law: str
    checks: int = 0
    violations: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def check(self, holds: bool, violation: str) -> bool:
        self.checks += 1
        if not holds:
            self.violations.append(violation)
        return holds

    def broken(self, violation: str) -> None:
        """A violation found by the way, while something else was checked."""
        self.violations.append(violation)

    @property
    def held(self) -> bool:
        return not self.violations and self.checks >= CHECKS_MIN
