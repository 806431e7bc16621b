"""Units of numbers: CNY, month, CNY/month. They multiply, divide, and must agree when added or compared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of powers of named units, in the order of their names; `ONE` has none."""

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def named(cls, name: str) -> Unit:
        return cls(((name, 1),))

    @classmethod
    def read(cls, text: str) -> Unit:
        """Reads `CNY`, `CNY/month`; the caller has checked the form (names, at most one slash)."""
        over, _, under = (part.strip() for part in text.partition("/"))
        return cls.named(over) / cls.named(under) if under else cls.named(over)

    def _combine(self, other: Unit, sign: int) -> Unit:
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, 0) + sign * power
        return Unit(tuple(sorted((n, p) for n, p in powers.items() if p)))

    def __mul__(self, other: Unit) -> Unit:
        return self._combine(other, 1)

    def __pow__(self, exponent: int) -> Unit:
        return Unit(tuple((name, power * exponent) for name, power in self.powers if exponent))

    def __truediv__(self, other: Unit) -> Unit:
        return self._combine(other, -1)

    def __str__(self) -> str:
        def side(sign: int) -> str:
            return "*".join(n if abs(p) == 1 else f"{n}**{abs(p)}" for n, p in self.powers if p * sign > 0)

        return (side(1) or "1") + ("/" + side(-1) if side(-1) else "")


ONE = Unit()


def is_money(unit: Unit | None) -> bool:
    """Whether a number of this unit is an amount of money: a currency's code stands over the slash."""
    return unit is not None and any(p > 0 and len(n) == 3 and n.isupper() and n.isascii() for n, p in unit.powers)
