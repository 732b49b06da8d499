"""The rules of sign-up and waiting list as a state machine."""

from __future__ import annotations

from hypothesis import settings

from tests.events.machine import SignUps

TestSignUps = SignUps.TestCase
TestSignUps.settings = settings(max_examples=4 * settings().max_examples)
