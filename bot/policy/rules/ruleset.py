"""A group's rules as judging needs them: what is true of all of them together is found out once."""

from __future__ import annotations

from bot.kernel.lazy import lazy
from bot.policy.rules.detectors import MORE_THAN_WORDS, What
from bot.policy.rules.rule import Rule, State, When


class Ruleset(tuple[Rule, ...]):
    """The rules of a group that find something by themselves and are not off."""

    @lazy
    def for_words(self) -> tuple[Rule, ...]:
        """Those that may find something in a message of words alone."""
        return tuple(rule for rule in self if rule.what not in MORE_THAN_WORDS)

    @lazy
    def remembers(self) -> bool:
        """Whether a person's earlier messages matter."""
        return self.looks_for(What.FLOOD) or self.looks_for(What.PICTURES)

    @lazy
    def compares(self) -> bool:
        """Whether it matters what was written before, by whomever."""
        return self.looks_for(What.DUPLICATES)

    @lazy
    def by_night(self) -> bool:
        """Whether it matters if it is night."""
        return self.looks_for(What.FLOOD)

    @lazy
    def scores(self) -> bool:
        """Whether a trained model is asked."""
        return self.looks_for(What.ADVERTISING)

    @lazy
    def by_clock(self) -> bool:
        """Whether one of them does not always hold."""
        return any(rule.when is not When.ALWAYS for rule in self)

    def looks_for(self, what: What) -> bool:
        """Say whether one of them looks for something."""
        return any(rule.what is what for rule in self)


def finding(rules: list[Rule] | tuple[Rule, ...]) -> Ruleset:
    """Return the rules that are not off, without those that only people see to."""
    return Ruleset(rule for rule in rules if rule.state is not State.OFF and rule.what is not What.MANUAL)
