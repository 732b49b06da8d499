"""The rules of sign-up and waiting list as a state machine."""

from __future__ import annotations

from tests.events.machine import SignUps

TestSignUps = SignUps.TestCase
