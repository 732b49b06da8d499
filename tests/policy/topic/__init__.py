"""Tests of stopped topics."""
