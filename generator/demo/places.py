"""Where clients are: towns with their codes, and people and streets abroad."""

from random import Random
from typing import NamedTuple


class Town(NamedTuple):
    """A town: its name, the first six characters of credit codes, its dialling code and postcode."""

    name: str
    code: str
    dial: str
    post: str


_TOWNS = """
河北省唐山市 130200 0315 063000;河北省邯郸市 130400 0310 056000;河北省沧州市 130900 0317 061000
山西省长治市 140400 0355 046000;山西省临汾市 141000 0357 041000;内蒙古自治区包头市 150200 0472 014000
辽宁省营口市 210800 0417 115000;吉林省通化市 220500 0435 134000;江苏省常州市 320400 0519 213000
江苏省无锡市 320200 0510 214000;江苏省南通市 320600 0513 226000;浙江省宁波市 330200 0574 315000
浙江省嘉兴市 330400 0573 314000;安徽省芜湖市 340200 0553 241000;福建省漳州市 350600 0596 363000
江西省九江市 360400 0792 332000;山东省日照市 371100 0633 276800;山东省烟台市 370600 0535 264000
山东省聊城市 371500 0635 252000;河南省安阳市 410500 0372 455000;河南省洛阳市 410300 0379 471000
湖北省黄石市 420200 0714 435000;湖南省娄底市 431300 0738 417000;广东省佛山市 440600 0757 528000
广东省湛江市 440800 0759 524000;广西壮族自治区柳州市 450200 0772 545000;四川省德阳市 510600 0838 618000
重庆市江津区 500116 023 402260;云南省玉溪市 530400 0877 653100;陕西省宝鸡市 610300 0917 721000
甘肃省嘉峪关市 620200 0937 735100;新疆维吾尔自治区昌吉市 652301 0994 831100
"""
TOWNS = tuple(Town(*item.split()) for row in _TOWNS.split("\n") for item in row.split(";") if item)

_ROADS = (
    "炉前路",
    "钢城大道",
    "物流大道",
    "工业一路",
    "创业路",
    "临港大道",
    "滨河东路",
    "纬三路",
    "站前街",
    "振兴路",
)
_ABROAD = (
    ("Level {n}, {k} Example Terrace, Perth WA 6000", "+61 8 5550 {p:04}"),
    ("{k} Example Quay, Unit {n}-08, Singapore 018955", "+65 5550 {p:04}"),
    ("{k} Example-dong, Nam-gu, Ulsan", "+82 52 555 {p:04}"),
    ("Avenida Exemplo {k}, Belo Horizonte", "+55 31 5550 {p:04}"),
    ("Musterweg {k}, Duisburg", "+49 203 555 {p:04}"),
    ("{k} Jalan Contoh, Port Klang", "+60 3 5550 {p:04}"),
)
_GIVEN = (
    "Amelia",
    "Graham",
    "Priya",
    "Martin",
    "Helena",
    "Oscar",
    "Ingrid",
    "Rafael",
    "Naomi",
    "Victor",
    "Clara",
    "Hassan",
    "Elena",
    "Julian",
    "Mei",
    "Tobias",
)
_FAMILY = (
    "Thornby",
    "Penhallow",
    "Venkat",
    "Okafor",
    "Lindqvist",
    "Almeida",
    "Hartwell",
    "Moreau",
    "Tanaka",
    "Brandt",
    "Costa",
    "Rahman",
    "Novak",
    "Whitlock",
)


def street(rng: Random, brand: str) -> str:
    """A street with its number, in an industrial park named after the client."""
    return f"{brand}工业园{rng.choice(_ROADS)}{rng.randint(1, 288)}号"


def abroad(rng: Random) -> tuple[str, str]:
    """An address and a telephone abroad."""
    address, phone = rng.choice(_ABROAD)
    numbers = {"n": rng.randint(2, 48), "k": rng.randint(10, 280), "p": rng.randint(100, 9899)}
    return address.format(**numbers), phone.format(**numbers)


def foreigner(rng: Random) -> str:
    """The name of somebody abroad."""
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"
