"""Lettering nobody quoted in Chinese and Japanese, where no spaces and no capitals show its ends."""

import re

from routing.reading.cues import IDEOGRAPH, Cue, phrases
from routing.reading.lettering import Span
from routing.reading.roles import Role

PASSING = re.compile("[一某这這那][个個种種位名]\\s?$")  # 一个“活物” is said in passing
WRITING, PRINTING = "写寫印刻绣", "印刻绣"  # what is printed is as often a pattern as words
LATIN_ONLY = ("字母", "单词", "单字")  # 字母 B; 字母形状 is no text
LATIN = re.compile(
    r"[:：是为]?\s?([A-Z0-9][\w&'’!.\-]*(?: [\w&'’!.\-]+){0,6})(?=\s?(?:的|字|标|两|几|文字|[，。、；」”]|$))", re.ASCII
)
AFTER = re.compile(r"[:：是为]?\s?([^\s，。、；,.;:：\n的「」“”\"'《》（）()]{1,20})")
# Nobody describes with an exclamation mark.
CALLING = re.compile("[，,][^\\s，。、；,.;:：\\n的「」“”\"'《》（）()！？!?]{1,16}[！？!?]+")
# Says what sort of words.
DESCRIBED = re.compile("(?:标题|標題|名称|名字|日期|内容|金额|状况|笔记|信息|文字|说明|字母|口号|标语|歌词|诗句|字样)$")
NAMED_LATER = re.compile("的(?:名称|名字|内容|标题)")  # "写着节目的名称" writes the name, not these words
BEFORE = re.compile(rf"(?:[A-Za-z0-9&!！'\- ]{{1,40}}|[{IDEOGRAPH}]{{1,12}})$")
PARTICLE = re.compile("[にはで、。がの]")
# What may follow a text without a space and speaks of it: “限时抢购”醒目呈现. Lists and places go on so, too.
PREDICATES = """
    作 醒 突 引 吸 被 优雅 清 显 激 促 出现 置 放 位 相 在 来 强调 增 紧 搭 尤 居 占 横 印 用 以 并 则 是 应 需
    随 从 跃 闪 映 分 立 传达 鼓励 装 跨 为 下 宣 明 格外 简 认 和 及 与 與 或 跟 や 等 と 左 右 上 中 底 顶
"""
WIELDING = re.compile("(?<![采使利运应作套])[以用将把]$|[：:]$")  # 以“立即加入”激励读者: the words are put to use
# Anything else is qualified by it: “风格档案”拼贴画, 「空」の色.
QUALIFIED = re.compile(f"(?!{'|'.join(PREDICATES.split())})[{IDEOGRAPH}]")
VAGUE = tuple(each for each in phrases(Role.VAGUE) if ord(each[0]) > 0x2E80)


def after(text: str, cue: Cue) -> Span | None:
    """What follows 写着 up to 的 or the end of the clause."""
    if text[cue.start] in WRITING and (latin := LATIN.match(text, cue.end)) and latin[1].lower() != "logo":
        return latin.span(1)
    if text[cue.start] in PRINTING:
        return None
    match = AFTER.match(text, cue.end)
    if match is None or match[1].startswith(VAGUE) or DESCRIBED.search(match[1]):
        return None
    if text.startswith(LATIN_ONLY, cue.start) and not match[1].isascii():
        return None
    if calling := CALLING.match(text, match.end()):
        return match.start(1), calling.end()
    possessed = text.startswith("的", match.end())
    if possessed and (text[cue.start] not in "写寫" or NAMED_LATER.match(text, match.end())):
        return None
    return match.span(1)


def before(text: str, cue: Cue) -> Span | None:
    """What stands before と書かれた, from the last particle on."""
    match = BEFORE.search(text, max(0, cue.start - 60), cue.start)
    if match is None or match.group().startswith(("という", *VAGUE)):
        return None
    start = max((one.end() for one in PARTICLE.finditer(text, *match.span())), default=match.start())
    return (start, cue.start) if start < cue.start else None
