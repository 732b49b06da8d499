"""Tests of quiet hours that everybody keeps."""
