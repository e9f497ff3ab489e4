"""What is traded: the lines of divisions, their goods with prices, and the trades of their clients."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from generator.model.ratings import Side


class Good(NamedTuple):
    """Goods with what a tonne costs about (yuan)."""

    name: str
    price: int


class Trade(NamedTuple):
    """A trade that clients are in: for their ids, their names, and what is seen at them."""

    id: str
    name: str
    sight: str
    """Which remarks fit (texts): mill, mine, coke, scrap, alloy, maker, builder."""


class Line(NamedTuple):
    """What a division deals in: whom it buys from and whom it sells to."""

    id: str
    name: str
    family: str
    suppliers: tuple[Trade, ...]
    bought: tuple[Good, ...]
    users: tuple[Trade, ...]
    sold: tuple[Good, ...]
    bought_share: int
    """How many of a hundred clients are suppliers."""

    def trades(self, side: Side) -> tuple[Trade, ...]:
        """The trades of the clients on a side."""
        return self.suppliers if side is Side.PURCHASE else self.users

    def goods(self, side: Side) -> tuple[Good, ...]:
        """The goods of a side."""
        return self.bought if side is Side.PURCHASE else self.sold


def _goods(text: str) -> tuple[Good, ...]:
    pairs = (item.split("=") for item in text.split())
    return tuple(Good(name, int(price)) for name, price in pairs)


def _trades(sight: str, text: str) -> tuple[Trade, ...]:
    pairs = (item.split("=") for item in text.split())
    return tuple(Trade(id_, name, sight) for name, id_ in pairs)


_MILLS = _trades("mill", "钢铁=steel 钢业=iron-steel 冶金=metallurgy 炼铁=ironworks")
_ORE = _goods("PB粉61.5%=765 卡拉加斯粉65%=865 国产精粉66%=890 球团矿63%=980 块矿62.5%=905")
_FUEL = _goods("准一级焦=1540 二级焦=1430 主焦煤=1380 喷吹煤=1010 1/3焦煤=1190")
_SCRAP = _goods("重型废钢6—12mm=2240 破碎料=2310 硅锰6517=5820 硅铁72=5640 生铁L8=2960")
_LONG = _goods("螺纹钢HRB400E=3200 盘螺HRB400E=3380 线材HPB300=3330 圆钢45号=3520")
_FLAT = _goods("热轧卷板Q235B=3320 冷轧卷板SPCC=3860 中厚板Q355B=3430 镀锌卷板DX51D=4290 彩涂卷板TDC51D=5160")
_SECTIONS = _goods("H型钢Q355B=3440 角钢Q235B=3410 槽钢Q235B=3390 工字钢Q235B=3460")
_SPECIAL = _goods("轴承钢GCr15=5360 齿轮钢20CrMnTi=4650 弹簧钢60Si2Mn=4420 合结钢42CrMo=4380 冷镦钢ML35=4010")
_STAINLESS = _goods("不锈冷轧304=13650 不锈热轧304=13050 不锈冷轧430=7780 双相钢2205=22400")
_PIPES = _goods("焊管Q235B=3560 无缝管20号=4480 镀锌管Q235B=4240 方矩管Q355B=3720 管线钢卷X65=3890")
_STRIP = _goods("热轧带钢Q235B=3340 管坯20号=3620 管线钢卷X65=3890")

LINES: tuple[Line, ...] = (
    Line(
        "iron-ore",
        "铁矿石",
        "raw-materials",
        _trades("mine", "矿业=mining 球团=pellet 选矿=dressing"),
        _ORE,
        _MILLS,
        _ORE,
        62,
    ),
    Line(
        "long-products",
        "建筑钢材",
        "steel",
        _trades("mill", "钢铁=steel 轧钢=rolling 线材=wire-rod"),
        _LONG,
        _trades(
            "builder", "建设=construction 路桥=bridge 市政工程=municipal 预制构件=precast 水利工程=hydraulic"
        ),
        _LONG,
        30,
    ),
    Line(
        "coal-coke",
        "煤焦",
        "raw-materials",
        _trades("coke", "焦化=coking 煤业=coal 煤化工=coal-chemical"),
        _FUEL,
        (*_MILLS, *_trades("mill", "铸造=foundry")),
        _FUEL,
        66,
    ),
    Line(
        "flat-products",
        "板材",
        "steel",
        _trades("mill", "板业=plate 薄板=sheet 钢铁=steel"),
        _FLAT,
        _trades(
            "maker",
            "汽车部件=auto-parts 家电=appliance 造船=shipbuilding 集装箱=container 彩涂=coating",
        ),
        _FLAT,
        25,
    ),
    Line(
        "special-steel",
        "特钢",
        "special-intl",
        _trades("mill", "特钢=special-steel 合金钢=alloy-steel"),
        _SPECIAL,
        _trades("maker", "轴承=bearing 齿轮=gear 弹簧=spring 紧固件=fastener 工具=tools 锻造=forging"),
        _SPECIAL,
        28,
    ),
    Line(
        "scrap-alloys",
        "废钢合金",
        "raw-materials",
        (*_trades("scrap", "再生资源=recycling 拆解=dismantling"), *_trades("alloy", "铁合金=ferroalloy")),
        _SCRAP,
        _trades("mill", "电炉钢=electric-steel 铸管=cast-pipe 精密铸造=casting"),
        _SCRAP,
        68,
    ),
    Line(
        "sections",
        "型材",
        "steel",
        _trades("mill", "型钢=section 轧材=rolled-steel"),
        _SECTIONS,
        _trades("maker", "钢构=structure 重工=heavy 起重机械=crane 铁塔=tower 风电装备=wind-power"),
        _SECTIONS,
        24,
    ),
    Line(
        "pipes",
        "管材",
        "special-intl",
        _trades("mill", "带钢=strip 管坯=billet"),
        _STRIP,
        _trades(
            "maker", "管业=pipe 锅炉=boiler 石油装备=oilfield 燃气装备=gas-equipment 消防器材=fire-safety"
        ),
        _PIPES,
        26,
    ),
    Line(
        "stainless",
        "不锈钢",
        "special-intl",
        _trades("mill", "不锈=stainless 镍业=nickel"),
        _STAINLESS,
        _trades(
            "maker",
            "厨具=kitchenware 换热设备=heat-exchanger 阀门=valve 制药装备=pharma 食品机械=food-machine",
        ),
        _STAINLESS,
        30,
    ),
    Line(
        "intl-trade",
        "国际贸易",
        "special-intl",
        _trades("mill", "国际钢业=intl-steel 进出口=import-export"),
        _goods("热轧板坯SPHC=3120 直接还原铁=2780 进口热轧卷SS400=3290"),
        _trades("maker", "海外工程=overseas 机电出口=export-machinery 船舶配套=ship-fitting"),
        _goods("出口热卷SS400=3380 出口镀锌卷DX51D=4360 出口中板A36=3510"),
        45,
    ),
)
"""In the order in which a growing company opens them."""
BY_ID: Mapping[str, Line] = {line.id: line for line in LINES}

FAMILIES: Mapping[str, str] = {"raw-materials": "原材料", "steel": "钢材", "special-intl": "特钢与国际"}

BESIDE: Mapping[tuple[str, Side], tuple[tuple[str, Side], ...]] = {
    ("iron-ore", Side.PURCHASE): (("flat-products", Side.SALE), ("scrap-alloys", Side.PURCHASE)),
    ("iron-ore", Side.SALE): (
        ("coal-coke", Side.SALE),
        ("long-products", Side.PURCHASE),
        ("flat-products", Side.PURCHASE),
    ),
    ("coal-coke", Side.PURCHASE): (("flat-products", Side.SALE), ("scrap-alloys", Side.PURCHASE)),
    ("coal-coke", Side.SALE): (("iron-ore", Side.SALE), ("long-products", Side.PURCHASE)),
    ("scrap-alloys", Side.PURCHASE): (("iron-ore", Side.PURCHASE), ("special-steel", Side.SALE)),
    ("scrap-alloys", Side.SALE): (("coal-coke", Side.SALE), ("special-steel", Side.PURCHASE)),
    ("long-products", Side.PURCHASE): (("flat-products", Side.PURCHASE), ("iron-ore", Side.SALE)),
    ("long-products", Side.SALE): (
        ("flat-products", Side.SALE),
        ("sections", Side.SALE),
        ("pipes", Side.SALE),
    ),
    ("flat-products", Side.PURCHASE): (("long-products", Side.PURCHASE), ("coal-coke", Side.SALE)),
    ("flat-products", Side.SALE): (("long-products", Side.SALE), ("special-steel", Side.SALE)),
    ("special-steel", Side.PURCHASE): (("pipes", Side.PURCHASE), ("scrap-alloys", Side.SALE)),
    ("special-steel", Side.SALE): (("flat-products", Side.SALE), ("stainless", Side.SALE)),
    ("sections", Side.PURCHASE): (("long-products", Side.PURCHASE), ("coal-coke", Side.SALE)),
    ("sections", Side.SALE): (("flat-products", Side.SALE), ("pipes", Side.SALE)),
    ("pipes", Side.PURCHASE): (("special-steel", Side.PURCHASE), ("iron-ore", Side.SALE)),
    ("pipes", Side.SALE): (("flat-products", Side.SALE), ("stainless", Side.SALE)),
    ("stainless", Side.PURCHASE): (("special-steel", Side.PURCHASE), ("scrap-alloys", Side.SALE)),
    ("stainless", Side.SALE): (("special-steel", Side.SALE), ("flat-products", Side.SALE)),
    ("intl-trade", Side.PURCHASE): (("flat-products", Side.PURCHASE), ("iron-ore", Side.SALE)),
    ("intl-trade", Side.SALE): (("flat-products", Side.SALE), ("sections", Side.SALE)),
}
"""In what else, on which side, a client of a line may trade."""

_COURSE = (1000, 994, 982, 971, 958, 949, 955, 968, 962, 957, 964, 975)
"""The course of prices over a year of months, in thousandths; every second year runs backwards."""


def price(goods: Good, day: date) -> int:
    """What a tonne costs on a day, in whole tens of yuan."""
    shift = sum(map(ord, goods.name))
    month = day.year * 12 + day.month - 1 + shift
    here, there = _level(month), _level(month + 1)
    level = here + (there - here) * (day.day - 1) // 30
    return goods.price * level // 9650 * 10


def _level(month: int) -> int:
    turn, place = divmod(month, 12)
    return _COURSE[place if turn % 2 == 0 else 11 - place]
