"""Names of clients: invented by putting together a brand, a trade and a form of company."""

import re
from functools import cache
from itertools import product
from random import Random

from generator.demo.lines import Trade
from generator.demo.order import Order

_PAIR = re.compile(r"([一-鿿])([a-z]+)")
_FIRST = """
恒heng 苍cang 玄xuan 澜lan 墨mo 云yun 瑶yao 赤chi 鹿lu 鹤he 松song 柏bai 枫feng 桐tong 梧wu 榆yu 槐huai
梓zi 竹zhu 荻di 菱ling 莲lian 霜shuang 雪xue 虹hong 霞xia 星xing 月yue 曙shu 晨chen 暮mu 晴qing 寒han
暖nuan 远yuan 栖qi 归gui 鸣ming 碧bi 银yin 砚yan 嘉jia 泰tai 瑞rui 朗lang 卓zhuo 聚ju 汇hui 廷ting 旷kuang
沛pei 润run 淳chun 浦pu 颂song 凌ling 骏jun 钧jun 磐pan 熙xi 禾he 谷gu 茗ming 蔚wei 萃cui 诺nuo 维wei 途tu
隽juan 邦bang
"""
_SECOND = """
达da 兴xing 源yuan 通tong 昌chang 祥xiang 业ye 光guang 辉hui 川chuan 峰feng 岩yan 石shi 林lin 洲zhou
港gang 湾wan 桥qiao 泽ze 塘tang 津jin 渡du 关guan 屏ping 堡bao 亭ting 坡po 岛dao 涧jian 潭tan 沙sha 泉quan
井jing 梁liang 崖ya 麓lu 河he 雁yan 鹭lu 麒qi 驰chi 跃yue 腾teng 飞fei 舟zhou 帆fan 轮lun 砥di 础chu 楠nan
栎li 檀tan 杉shan 野ye 陌mo 垣yuan 畔pan 屿yu 濑lai 漳zhang 沅yuan 汀ting 浔xun 溪xi 渊yuan 溯su 湛zhan
濯zhuo 维wei 舜shun 铎duo 钰yu 锐rui 铭ming
"""
_REAL = frozenset(
    [
        "瑞丰",
        "泰钢",
        "恒源",
        "恒通",
        "恒达",
        "嘉兴",
        "银川",
        "泰兴",
        "泰山",
        "松江",
        "银河",
        "月河",
        "云河",
        "朗业",
        "邦达",
        "凌源",
        "维达",
        "云通",
    ]
)
"""Put together by chance, but well-known names or places."""

_FORMS = ("有限公司",) * 11 + ("实业有限公司",) * 3 + ("科技有限公司",) * 2 + ("股份有限公司",) * 2
_LARGE_FORMS = ("集团有限公司", "股份有限公司", "集团股份有限公司", "有限公司")

_ABROAD_FIRST = """
Wattle=金合欢 Cedar=雪松 Osprey=鱼鹰 Amber=琥珀 Maple=枫叶 Coral=珊瑚 Falcon=猎隼 Juniper=杜松 Heron=苍鹭
Copper=铜 Silver=白银 Willow=垂柳 Magpie=喜鹊 Cinnamon=肉桂 Banksia=斑克木 Lantana=马缨丹 Tamarind=罗望子
Teak=柚木 Basalt=玄武 Granite=花岗 Indigo=靛蓝 Saffron=藏红花 Marlin=旗鱼 Pelican=鹈鹕 Kestrel=红隼
Acacia=相思 Lotus=莲花 Jasmine=茉莉 Quartz=石英 Topaz=黄玉 Opal=蛋白石 Cobalt=钴蓝 Ebony=乌木
Clover=三叶草 Heather=石楠 Myrtle=桃金娘 Sable=紫貂 Plover=鸻鸟 Curlew=杓鹬 Tern=燕鸥
"""
_ABROAD_SECOND = """
Ridge=岭 Creek=溪 Bay=湾 Flat=平原 Point=角 Hill=丘 Vale=谷 Harbour=港 Rock=岩 Plains=原野 Falls=瀑
Island=岛 Cape=岬 Ford=渡 Lake=湖 Range=山脉 Sound=峡 Grove=林 Bluff=崖 Landing=埠
"""
_ABROAD_FORMS = ("Pty Ltd", "Pte Ltd", "Co., Ltd.", "Ltda.", "GmbH", "Sdn. Bhd.")
_ABROAD_TRADES = {
    "mine": (("iron-ore", "Iron Ore", "铁矿"), ("minerals", "Minerals", "矿产")),
    "coke": (("coal", "Coal", "煤业"), ("met-coal", "Metallurgical Coal", "冶金煤")),
    "mill": (("steel", "Steel", "钢铁"), ("metals", "Metals", "金属")),
    "maker": (("fabrication", "Fabrication", "钢构"), ("engineering", "Engineering", "工程")),
}


Pairs = tuple[tuple[str, str], ...]


def _spoken(text: str) -> Pairs:
    return tuple((m[1], m[2]) for m in _PAIR.finditer(text))


def _meant(text: str) -> Pairs:
    return tuple((word, meaning) for word, meaning in (item.split("=") for item in text.split()))


@cache
def _places() -> Pairs:
    pairs = product(_meant(_ABROAD_FIRST), _meant(_ABROAD_SECOND))
    return tuple((f"{first} {second}", tree + place) for (first, tree), (second, place) in pairs)


@cache
def brands() -> Pairs:
    """All brands with their pinyin, no two of which sound alike."""
    found: dict[str, str] = {}
    for (first, sound), (second, echo) in product(_spoken(_FIRST), _spoken(_SECOND)):
        if first != second and first + second not in _REAL:
            found.setdefault(sound + echo, first + second)
    return tuple((brand, sound) for sound, brand in found.items())


class ClientNames:
    """Hands out ids and names so that none occurs twice."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._left: dict[str, list[tuple[str, str]]] = {}

    def home(self, trade: Trade, rng: Random, *, large: bool) -> tuple[str, str, str]:
        """Id, name and brand of a client in the country."""
        brand, sound = self._next(trade.id, brands())
        forms = _LARGE_FORMS if large else _FORMS
        return f"{sound}-{trade.id}", f"{brand}{trade.name}{rng.choice(forms)}", brand

    def abroad(self, sight: str, rng: Random) -> tuple[str, str]:
        """Id and name of a client abroad."""
        word, english, chinese = rng.choice(_ABROAD_TRADES[sight if sight in _ABROAD_TRADES else "maker"])
        place, meaning = self._next(f"abroad-{word}", _places())
        form = rng.choice(_ABROAD_FORMS)
        id_ = f"{place}-{word}".lower().replace(" ", "-")
        return id_, f"{meaning}{chinese}公司（{place} {english} {form}）"

    def _next(self, pool: str, values: Pairs) -> tuple[str, str]:
        if pool not in self._left:
            left = list(values)
            self._order.random("names", pool).shuffle(left)
            self._left[pool] = left
        return self._left[pool].pop()
