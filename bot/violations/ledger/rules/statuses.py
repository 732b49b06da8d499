"""How cases stand: what counts or holds, what is over, what was taken back, what somebody still has to decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """How a case stands; the values travel in buttons and are kept with filters.

    A case can be in several: one that counts may be appealed against, and what it ordered may have been refused.
    """

    IN_FORCE = "force"
    """It counts towards the next step, or its mute or ban holds."""
    EXPIRED = "expired"
    """It counted, or held, and does so no longer."""
    UNDONE = "undone"
    """Taken back by somebody, after an appeal or without one."""
    APPEALED = "appeal"
    """Somebody has to decide about an appeal against it."""
    LIGHTER = "lighter"
    """After an appeal a lighter case took its place, or it is that lighter case."""
    PROPOSED = "proposed"
    """A second manager has to decide."""
    DECLINED = "declined"
    """A second manager was against it, or nobody decided in time."""
    REFUSED = "refused"
    """Telegram would not do what it ordered, or would not take it back."""
    UNCERTAIN = "uncertain"
    """Telegram's answer was lost."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """The ids of a group's cases against which there is an open appeal, and of those that an appeal made lighter."""

    open: frozenset[int] = frozenset()
    lighter: frozenset[int] = frozenset()

    def of(self, status: Status) -> frozenset[int] | None:
        """Return the cases that stand so; None where appeals have nothing to do with it."""
        return {Status.APPEALED: self.open, Status.LIGHTER: self.lighter}.get(status)


STATUS_OF: Final = {
    **dict.fromkeys(
        (
            "in force",
            "active",
            "standing",
            "counting",
            "current",
            "生效",
            "生效中",
            "有效",
            "当前有效",
            "计入",
            "仍计入",
        ),
        Status.IN_FORCE,
    ),
    **dict.fromkeys(
        ("expired", "over", "past", "no longer in force", "过期", "已过期", "到期", "已到期", "失效", "已失效"),
        Status.EXPIRED,
    ),
    **dict.fromkeys(
        ("undone", "lifted", "revoked", "taken back", "撤销", "已撤销", "解除", "已解除", "取消", "已取消"),
        Status.UNDONE,
    ),
    **dict.fromkeys(
        ("under appeal", "appealed", "appeal", "in appeal", "appeals", "申诉", "申诉中", "在申诉", "正在申诉"),
        Status.APPEALED,
    ),
    **dict.fromkeys(
        ("lighter", "reduced", "made lighter", "减轻", "已减轻", "从轻", "减轻处理", "改为较轻"), Status.LIGHTER
    ),
    **dict.fromkeys(
        ("proposed", "waiting", "pending", "undecided", "待决定", "待定", "待审批", "待复核", "等待决定"),
        Status.PROPOSED,
    ),
    **dict.fromkeys(("declined", "not decided", "否决", "已否决", "未通过", "未获同意", "逾期未决"), Status.DECLINED),
    **dict.fromkeys(
        (
            "refused",
            "refused by telegram",
            "failed",
            "not done",
            "被拒绝",
            "拒绝",
            "被 telegram 拒绝",
            "telegram 拒绝",
            "失败",
            "未执行",
        ),
        Status.REFUSED,
    ),
    **dict.fromkeys(("not confirmed", "unconfirmed", "uncertain", "未确认", "结果不明", "不确定"), Status.UNCERTAIN),
}
"""What people call it, in small letters."""
