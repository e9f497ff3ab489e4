"""Names of people: surnames and given names with their pinyin, for ours and for the clients'."""

import re
from random import Random

_PAIR = re.compile(r"([一-鿿])([a-z]+)")

_SURNAMES = """
王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he
郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan
邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lü 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 阎yan
余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 范fan 方fang 石shi 姚yao 谭tan 廖liao
邹zou 熊xiong 金jin 陆lu 郝hao 孔kong 白bai 崔cui 康kang 毛mao 邱qiu 秦qin 江jiang 史shi 顾gu 侯hou 邵shao
孟meng 龙long 万wan 段duan 钱qian 汤tang 尹yin 黎li 易yi 常chang 武wu 乔qiao 贺he 赖lai 龚gong 文wen 岳yue
骆luo 麦mai 冼xian 栾luan 芦lu 戚qi 容rong 明ming
""".replace("lü", "lv")
_GIVEN = """
明ming 强qiang 伟wei 静jing 涛tao 磊lei 娜na 洋yang 勇yong 军jun 杰jie 娟juan 艳yan 超chao 霞xia 平ping
刚gang 辉hui 敏min 丽li 鹏peng 斌bin 波bo 宁ning 宇yu 浩hao 凯kai 健jian 俊jun 峰feng 龙long 林lin 云yun
海hai 松song 鑫xin 玲ling 萍ping 红hong 梅mei 兰lan 芳fang 颖ying 雪xue 晶jing 莉li 婷ting 慧hui 琳lin
倩qian 蕾lei 岩yan 川chuan 山shan 江jiang 东dong 南nan 北bei 春chun 秋qiu 冬dong 青qing 远yuan 志zhi 文wen
武wu 国guo 庆qing 祥xiang 瑞rui 成cheng 立li 永yong 嘉jia 德de 仁ren 义yi 礼li 智zhi 信xin 忠zhong 良liang
善shan 诚cheng 毅yi 恒heng 思si 学xue 书shu 墨mo 晓xiao 小xiao 子zi 一yi 天tian 元yuan 长chang 庭ting
景jing 光guang 世shi 启qi 传chuan 承cheng 继ji 怀huai 维wei 培pei
"""
SURNAMES: tuple[tuple[str, str], ...] = tuple((m[1], m[2]) for m in _PAIR.finditer(_SURNAMES))
GIVEN: tuple[tuple[str, str], ...] = tuple((m[1], m[2]) for m in _PAIR.finditer(_GIVEN))
_ALONE = GIVEN[:72]
"""Those that can stand alone, or last."""


def full_name(rng: Random) -> tuple[str, str]:
    """A name with its pinyin as an id: 孙丽, sun-li."""
    surname, given = _one(rng, SURNAMES), _one(rng, _ALONE)
    first = _one(rng, GIVEN) if rng.random() < 0.62 else given
    if first == given:
        return surname[0] + given[0], f"{surname[1]}-{given[1]}"
    return surname[0] + first[0] + given[0], f"{surname[1]}-{first[1]}{given[1]}"


def _one(rng: Random, pairs: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    return pairs[int(rng.random() * len(pairs))]


class Register:
    """Hands out names so that no id and no name occurs twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._ids: dict[str, int] = {}
        self._names: set[str] = set()

    def new(self) -> tuple[str, str]:
        """A name and an id that nobody has yet."""
        while True:
            name, id_ = full_name(self._rng)
            if name not in self._names:
                break
        self._names.add(name)
        count = self._ids[id_] = self._ids.get(id_, 0) + 1
        return name, id_ if count == 1 else f"{id_}-{count}"
