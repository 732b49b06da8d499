"""A text without disguises: width, traditional characters, look-alike letters, signs and spaces put in between.

Two views come of it. ``folded`` keeps spaces and signs, for links and numbers; ``words`` and ``run`` are for word lists:
Latin words stand between spaces, and everything else follows without a gap.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_TRADITIONAL: Final = (
    "萬與專業東絲兩嚴喪個豐臨為麗舉義烏樂喬習鄉書買亂爭虧雲亞產畝親億僅從侖倉儀們價眾優會傘偉傳傷倫偽體餘傭俠侶偵側僑儈儉債傾償儲兒黨蘭關興養獸內岡冊寫軍農馮衝決況凍淨涼減湊凜幾鳳憑凱擊劃劉則剛創刪別劑劍劇"
    "勸辦務動勵勁勞勢匯區醫華協單賣盧衛卻廠廳歷厲壓厭廈廁縣參雙發變敘疊葉號嘆嚇嗎吳啟員聽唄嗆響啞嘩團園圍國圖圓聖場壞塊堅壇墳墜處備夠頭誇夾奪奮獎奧婦媽嫵孫學寧寶實寵審憲宮寬賓對尋導壽將爾塵嘗堯屍盡層屆屬歲"
    "島嶺崗幣帥師帳幫帶幹廣慶廬庫應廟龐廢開異棄張彌彎彈強歸當錄徹徑憶懷態總戀懇惡悅懸驚懼慘慣憤願懶戲戰戶撲擴掃揚擾撫拋搶護報擔擬攏揀擁攔撥擇掛摯擠揮損撿換據擲攝擺搖敵斂數斷無舊時曠顯晉曬曉暈暫術機殺雜權條"
    "來楊極構槍楓櫃標棧棟樹樣橋檔檢樓歡歐殘毆氣漢湯溝沒滬淚潔淺滅漸漁滲溫灣濕滿濟濃濤燈靈災爐點煉燒煙煩熱愛爺牆狀猶獨獄獅獵環現瑪電畫暢療瘋癢盤監蓋盜睜矚礦碼磚確禮禍離種積稱稅穩窮竊競筆築簡籤籌糧緊紅約級紀"
    "純紙線練組細終紹經結給絡絕統繼續維綠網緩編緣縮繳罰羅聯聰肅脅勝膽臉腦腳臟艦艱藝節蘇蘋藍薩薦藥蟲蝦雖補裝複見觀規視覽覺計訂認討讓訓議訊記講許論設訪證評識訴診詞譯試詩話誠該詳語誤說請諸諾讀課誰調談謀謊謝謠"
    "謹譜貝負貢財責賢敗貨質販貪貧購貯貫貼貴貸貿費賀賊資賞賠賴賺賽贈贏趙趕趨躍車軌軟轉輪輕載較輛輸辭邊達遷過邁運還這進遠違連遲適選遺鄰鄧鄭醬釋裡鑒針釘釣鈔鋼鑰欽鈕錢鑽鐵銀銷鎖鍋鏈鎮鏡長門閃閉問間悶聞閱闊隊陽"
    "陰陣際陸陳險隨隱難靜韓頁頂項順須頓預領頻題顏額風飛飯飲飾餅餓館馬馳駕駛騎騙騷驗魚鮮鳥雞鴨鵝麥黃齊齒龍龜癮賭獲轟砲穀註衆囉鬥裏臺驅顧鋪閣貓豬"
)
_SIMPLIFIED: Final = (
    "万与专业东丝两严丧个丰临为丽举义乌乐乔习乡书买乱争亏云亚产亩亲亿仅从仑仓仪们价众优会伞伟传伤伦伪体余佣侠侣侦侧侨侩俭债倾偿储儿党兰关兴养兽内冈册写军农冯冲决况冻净凉减凑凛几凤凭凯击划刘则刚创删别剂剑剧"
    "劝办务动励劲劳势汇区医华协单卖卢卫却厂厅历厉压厌厦厕县参双发变叙叠叶号叹吓吗吴启员听呗呛响哑哗团园围国图圆圣场坏块坚坛坟坠处备够头夸夹夺奋奖奥妇妈妩孙学宁宝实宠审宪宫宽宾对寻导寿将尔尘尝尧尸尽层届属岁"
    "岛岭岗币帅师帐帮带干广庆庐库应庙庞废开异弃张弥弯弹强归当录彻径忆怀态总恋恳恶悦悬惊惧惨惯愤愿懒戏战户扑扩扫扬扰抚抛抢护报担拟拢拣拥拦拨择挂挚挤挥损捡换据掷摄摆摇敌敛数断无旧时旷显晋晒晓晕暂术机杀杂权条"
    "来杨极构枪枫柜标栈栋树样桥档检楼欢欧残殴气汉汤沟没沪泪洁浅灭渐渔渗温湾湿满济浓涛灯灵灾炉点炼烧烟烦热爱爷墙状犹独狱狮猎环现玛电画畅疗疯痒盘监盖盗睁瞩矿码砖确礼祸离种积称税稳穷窃竞笔筑简签筹粮紧红约级纪"
    "纯纸线练组细终绍经结给络绝统继续维绿网缓编缘缩缴罚罗联聪肃胁胜胆脸脑脚脏舰艰艺节苏苹蓝萨荐药虫虾虽补装复见观规视览觉计订认讨让训议讯记讲许论设访证评识诉诊词译试诗话诚该详语误说请诸诺读课谁调谈谋谎谢谣"
    "谨谱贝负贡财责贤败货质贩贪贫购贮贯贴贵贷贸费贺贼资赏赔赖赚赛赠赢赵赶趋跃车轨软转轮轻载较辆输辞边达迁过迈运还这进远违连迟适选遗邻邓郑酱释里鉴针钉钓钞钢钥钦钮钱钻铁银销锁锅链镇镜长门闪闭问间闷闻阅阔队阳"
    "阴阵际陆陈险随隐难静韩页顶项顺须顿预领频题颜额风飞饭饮饰饼饿馆马驰驾驶骑骗骚验鱼鲜鸟鸡鸭鹅麦黄齐齿龙龟瘾赌获轰炮谷注众啰斗里台驱顾铺阁猫猪"
)
_MORE: Final = {
    "徵": "征",
    "儘": "尽",
    "後": "后",
    "讚": "赞",
    "贊": "赞",
    "籃": "篮",
    "劵": "券",
    "於": "于",
    "製": "制",
    "採": "采",
    "閒": "闲",
    "係": "系",
}
_LOOK_ALIKES: Final = {
    **dict(zip("асеорхуікѕјһԁԛԝьвнмт", "aceopxyiksjhdqwbbhmt", strict=True)),
    **dict(zip("αβεικνορτυχ", "abeikvoptux", strict=True)),
    **dict(zip("ıłøđħŧ", "ilodht", strict=True)),
    "薇": "微",
    "徽": "微",
}
_TO_SIMPLE: Final = str.maketrans({**dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)), **_MORE, **_LOOK_ALIKES})
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_MARKS: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+")
_TOKEN: Final = re.compile("[a-z0-9]+|[^\\W_a-z0-9]")
_ASIAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def fold(text: str) -> str:
    """Return a text in lower case and half width, simplified, without what cannot be seen; look-alikes are the real letters."""
    if text.isascii():
        return text.lower()
    seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    bare = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", seen)))
    return bare.translate(_TO_SIMPLE)


@dataclass(frozen=True)
class Plain:
    """The views of a text."""

    folded: str

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Latin words and numbers, and single characters of other scripts; letters spelt one by one are put together."""
        tokens: list[str] = []
        spelt: list[str] = []
        for token in _TOKEN.findall(self.folded):
            if len(token) == 1 and token.isascii() and token.isalpha():
                spelt.append(token)
                continue
            tokens += _together(spelt)
            spelt = []
            tokens.append(token)
        return (*tokens, *_together(spelt))

    @cached_property
    def run(self) -> str:
        """All letters and digits without gaps."""
        return "".join(self.tokens)


def _together(spelt: list[str]) -> list[str]:
    """Take single letters for one word where there are enough of them to be one."""
    return ["".join(spelt)] if len(spelt) > 2 else spelt


def plain(text: str) -> Plain:
    """Return the views of a text."""
    return Plain(fold(text))


def is_asian(word: str) -> bool:
    """Say whether a word has characters of a script that is written without spaces."""
    return _ASIAN.search(word) is not None
