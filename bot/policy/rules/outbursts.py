"""Insults that show by standing alone: a message or a clause that says nothing else, initials among Chinese words (R23)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.policy.rules.clauses import clauses
from bot.policy.rules.insults import CALLED, SAID

if TYPE_CHECKING:
    from bot.policy.rules.plain import Plain

_AT_ONCE: Final = "(?:你们?|都|全|快|赶紧|赶快|马上|立刻|立即|现在|就|可以|给我|他妈的?|还不|请|[叫让]你|那)"
_ALONE: Final = re.compile(
    f"^{_AT_ONCE}{{0,5}}滚(?:滚{{2,}})?(?:吧|啊|呀|哪|呐|你|吧你|开|开吧|开啊|一边去|你的|你的吧|你的蛋)?$"
    f"|(?:你们?{_AT_ONCE}{{1,4}}|[让叫]你们?)滚(?:了|吧|啊|你|就|出|回|远|开|$)"
    "|(?:不[^\n]{1,6}|看不惯|受不了|有意见)就滚(?:吧|啊|远|$)"
    f"|(?:{CALLED}|{SAID})(?:吧|啊|呀|嘛|吗)你们?$"
    "|^(?:你们?|快|赶紧|都|怎么不|咋不)*去死(?:吧|啊|吧你|你)?$|闭嘴吧你|^你们?(?:给我)?闭嘴$"
    "|^你(?:是不是|怕是|怕不是|真|脑子|他妈的?)*有[毛大]?病(?:啊|吧|呀|吗)?\\Z|^你(?:他妈的?|才|就是|简直)*放屁$"
    "|^我?[操艹]你$|^滚回(?:你|老?家|去)|有病[吧啊]你$|^去你(?:妈|娘|大爷|奶奶)的[吧蛋]?$"
    "|^(?:死|臭|蠢|老|大|小|真是个?|什么)?(?:废物|蠢货)(?:一个|东西|玩意儿?|点心)$",
    re.MULTILINE,
)
"""To be looked for in a text without gaps, a clause a line."""
_BARE: Final = re.compile(
    "(?:你们?|死|臭|大|真是个?|他妈的?|妈的|一[个群帮]|都是|全是|就是个?)*"
    "(?:蠢货|蠢猪|白痴|弱智|智障|脑残|脑瘫|脑子有坑|脑子被驴踢了?|神经病|人渣|畜生|狗东西|废物|禽兽|sb)+(?:吧|啊|们|一个|东西|玩意儿?)?"
    "|(?:you|u|fucking|stupid|whatan?)*(?:idiots?|morons?|bitch|bitches|bastards?|imbeciles?|pricks?|twats?|jackass|pissoff)"
)
"""All that a message says, without gaps."""
_INITIALS: Final = re.compile(
    "(?:[大真纯老死臭群帮傻]|你们?是?个?|一个|[就都全真]是个?|纯属|纯纯的?|什么|[这那]个|跟个)sb(?![a-z0-9])"
    "|(?<![a-z0-9])sb(?:吧你|你们?$|玩意|东西|领导|老板|物业|客服|规定|操作|行为|一样|似的|吧$|了吧)",
    re.MULTILINE,
)
_GRAMMAR: Final = re.compile(
    r"(?<![a-z])(?:sth|somebody|someone|sb[.]\Z|sb[. ]+[a-z])|短语|词组|语法|宾语|主语|动词|句型|缩写|元素|[锑锡]|某人|代表|意思|sb[是指表]"
)
"""What speaks of grammar or of chemistry, where the same letters mean no harm."""


def outburst(text: Plain) -> str | None:
    """Return an insult that stands alone, or None."""
    found = _ALONE.search(clauses(text)) or _BARE.fullmatch(text.run) or _INITIALS.search(clauses(text))
    if found is None or ("sb" in found[0] and _GRAMMAR.search(text.folded) is not None):
        return None
    return found[0]
