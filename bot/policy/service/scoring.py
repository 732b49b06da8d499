"""The trained model, if the operator named one: loaded at the start, asked once for a batch of messages, never trusted blindly."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING

import structlog

from bot.policy.rules.model import checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.policy.rules.model import Model, Score

_log = structlog.get_logger(__name__)


def load(path: str) -> Model:
    """Return the model that ``module:name`` leads to; ``name`` is the model itself, or a function that makes it.

    :raises ValueError: if there is none; the text says why.
    """
    module, _, name = path.partition(":")
    try:
        found = getattr(import_module(module), name)
        model: Model = found if hasattr(found, "scores") and not isinstance(found, type) else found()
        version, said = model.version, checked(model.scores([""]), 1, model.version)
    except Exception as error:
        raise ValueError(f"{path} gives no model: {type(error).__name__}: {error}") from error
    _log.info("model_loaded", version=version, score_of_nothing=said[0].value)
    return model


class Scorer:
    """Asks the model. A model that fails is left out for the batch: the bot judges without it, and says so in the log."""

    def __init__(self, model: Model | None) -> None:
        self._model = model

    @property
    def is_there(self) -> bool:
        """Whether there is a model to ask."""
        return self._model is not None

    async def scores(self, texts: Sequence[str]) -> list[Score | None]:
        """Return what the model says of texts; None where there is no text, or no model."""
        scores: list[Score | None] = [None] * len(texts)
        model, places = self._model, [place for place, text in enumerate(texts) if text]
        if model is None or not places:
            return scores
        try:
            said = await asyncio.to_thread(model.scores, [texts[place] for place in places])
            for place, score in zip(places, checked(said, len(places), model.version), strict=True):
                scores[place] = score
        except Exception:
            _log.exception("model_failed", version=model.version)
        return scores
