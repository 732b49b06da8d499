"""Insults: those that are one by themselves, and those that need somebody they are said to (R23)."""

from __future__ import annotations

import re
from typing import Final

STRONG: Final = (
    "傻逼",
    "傻比",
    "傻屄",
    "傻b",
    "傻叉",
    "傻x",
    "煞笔",
    "煞逼",
    "沙比",
    "大傻b",
    "二逼",
    "操你妈",
    "操你娘",
    "操你大爷",
    "操你祖宗",
    "操你全家",
    "草你妈",
    "艹你妈",
    "草泥马",
    "草尼玛",
    "曹尼玛",
    "艹尼玛",
    "操尼玛",
    "日你妈",
    "日你先人",
    "干你娘",
    "干你妈",
    "肏你",
    "你妈逼",
    "你妈b",
    "你妈的逼",
    "尼玛逼",
    "尼玛b",
    "妈逼",
    "妈了个逼",
    "妈卖批",
    "狗娘养的",
    "狗日的",
    "狗杂种",
    "小杂种",
    "王八蛋",
    "王八羔子",
    "龟孙子",
    "龟儿子",
    "婊子",
    "贱人",
    "贱货",
    "骚货",
    "烂货",
    "狗逼",
    "死全家",
    "全家死光",
    "全家死绝",
    "全家不得好死",
    "不得好死",
    "断子绝孙",
    "你妈死了",
    "没妈的东西",
    "老不死的",
    "死肥猪",
    "怎么不去死",
    "给我去死",
    "给我滚",
    "滚蛋",
    "滚犊子",
    "滚你妈",
    "吃屎去",
    "去吃屎",
    "cnm",
    "cnmb",
    "nmsl",
    "nmb",
    "wcnm",
    "rnm",
    "cao ni ma",
    "caonima",
    "ni ma bi",
    "nimabi",
    "sha bi",
    "shabi",
    "wang ba dan",
    "wangbadan",
    "ma de bi",
    "gou ri de",
    "fuck you",
    "fuck u",
    "fuck off",
    "fuck your",
    "fucking idiot",
    "fucking moron",
    "fucking retard",
    "motherfucker",
    "mother fucker",
    "motherfuckers",
    "piece of shit",
    "son of a bitch",
    "sons of bitches",
    "stupid bitch",
    "dumb bitch",
    "asshole",
    "assholes",
    "ass hole",
    "arsehole",
    "dickhead",
    "dick head",
    "cunt",
    "cunts",
    "wanker",
    "wankers",
    "retard",
    "retards",
    "faggot",
    "faggots",
    "nigger",
    "niggers",
    "whore",
    "slut",
    "dumbass",
    "dumb ass",
    "dipshit",
    "scumbag",
    "shithead",
    "kys",
    "kill yourself",
    "go and die",
    "go die",
    "drop dead",
    "eat shit",
    "rot in hell",
    "stfu",
    "shut the fuck up",
    "gtfo",
)
"""Insults whoever they are said to."""
INNOCENT: Final = re.compile(
    "脑残粉|垃圾[桶袋站车篓箱场堆房焚分短邮回]|废物[利回]|杂种[狗犬猫优水玉稻]|滚蛋[饺的歌]|流氓兔|神经病[学院科专]|变态[辣反期]|弱智儿童|智障[人儿学]"
    "|饭桶里|小人[国物书儿]|混蛋们?[。!]?的歌|白痴[》。]|傻子瓜子|狗东西南北"
)
"""What has such a word in it and means no harm."""
_SAID_BETWEEN: Final = "他妈的|他妈|tmd|tm|是不是|真的是|真是|就是|才是|简直|不过|怎么|跟个|像个|这种|那种|一个|这个|那个|这群|这帮|一群|一帮|都是|全是|算什么|也是|[这那个种就是真才死老臭大小太好都也够群帮全]"
_CALLED: Final = (
    "笨蛋|蠢货|蠢猪|蠢驴|白痴|弱智|智障|脑残|混蛋|混账|傻子|二货|猪头|猪脑子|饭桶|人渣|败类|畜生|禽兽|流氓|无赖|狗东西|狗屎|神经病|变态"
    "|没教养|没家教|不要脸|臭不要脸|脑子有病|脑子进水|有病吧|有病啊|缺德|缺心眼|贱|(?:sb|2b|nc|zz)(?![a-z0-9])"
)
_THINGS: Final = "(?:垃圾|废物|狗屁|屎)(?![放丢扔倒往在怎袋桶站分车回要能可堆拿带多])"
AIMED: Final = re.compile(f"[你您妳]们?(?:{_SAID_BETWEEN}){{0,4}}(?:{_CALLED}|{_THINGS})")
"""Milder words in Chinese, said to somebody; to be looked for in a text without gaps."""
_ENGLISH_BETWEEN: Final = (
    "such|an?|all|so|really|just|the|fucking|bloody|damn|damned|absolute|complete|total|little|stupid|dumb|fat|old|dirty"
    "|guys|people|bunch|of|pack|lying|useless|worthless|are|is|piece"
)
_ENGLISH_CALLED: Final = (
    "idiots?|morons?|imbeciles?|losers?|scum|bitch|bitches|bastards?|jerks?|pathetic|worthless|stupid|dumb|clowns?|cretins?"
    "|brainless|disgusting|trash|garbage|crap|pig|pigs"
)
AIMED_ENGLISH: Final = re.compile(
    rf"(?<![a-z])(?:you|u|ya|ur|youre)(?: ?['’ ] ?re| r)?(?: (?:{_ENGLISH_BETWEEN})){{0,5}} (?:{_ENGLISH_CALLED})(?![a-z])"
    r"(?! (?:out|it|the|this|that|can|cans|bag|bags|collection|your|my|those|these|old))"
)
"""The same in English, in a text with its spaces."""
