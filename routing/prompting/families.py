"""What each model family answers best: its rules in the order they apply, and one line of advice for a language model.

Where the makers say so stands in docs/decisions/0015-prompting.md. A family that is not here, or that has no rules, is sent
prompts as written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from routing.prompting import lettering, rules
from routing.prompting.draft import Voice
from routing.prompting.rules import Rule

OPENAI = "OpenAI, GPT Image Generation Models Prompting Guide (openai-cookbook)"
GOOGLE = "Google, Gemini API: image generation, prompting guide"
IMAGEN = "Google, Imagen prompt guide"
BFL = "Black Forest Labs, FLUX best practices (black-forest-labs/skills) and docs.bfl.ai"
IDEOGRAM = "Ideogram, docs.ideogram.ai/prompting/text-in-images"
RECRAFT = "Recraft, recraft.ai/docs and the V4.1 prompting guide"
STABILITY = "Stability AI and AWS, prompt engineering for Stable Diffusion 3 and 3.5"
SDXL = "SDXL's two CLIP encoders: diffusers documentation; Easy Diffusion wiki, Writing prompts"
OWN = "This product"


def _quoted(source: str) -> Rule:
    return Rule(
        lettering.quoted,
        "The words to be drawn stand in quotation marks, because it letters what is quoted.",
        source,
        english=False,
        brief=False,
    )


def _intent(reason: str = "Your choice of look is said, because the words leave it open.") -> Rule:
    return Rule(rules.say_intent, reason, OWN)


def _light(source: str) -> Rule:
    return Rule(rules.name_light, "It answers a named light best, and none was named.", source)


def _lens(source: str) -> Rule:
    return Rule(rules.name_lens, "It takes distance and depth from a lens, and none was named.", source)


def _denials(source: str) -> Rule:
    return Rule(
        rules.move_denials,
        "What you do not want moves to the negative prompt, because in the prompt it would draw it.",
        source,
        brief=False,
    )


def _other_looks(source: str) -> Rule:
    return Rule(rules.keep_out_other_looks, "The negative prompt keeps other looks out.", source, brief=False)


@dataclass(frozen=True, slots=True)
class Family:
    """``advice`` completes "This model …" for whoever rewrites a prompt for it."""

    advice: str
    rules: tuple[Rule, ...] = ()
    voice: Voice = Voice.SENTENCES


UNKNOWN = Family("draws what a plain description says.")

FAMILIES: Mapping[str, Family] = MappingProxyType(
    {
        "gpt-image": Family(
            "follows full sentences, in the order scene, subject, details, constraints. For a photograph it wants the word "
            "photorealistic, a light and a lens. It letters what stands in quotation marks.",
            (
                _quoted(OPENAI),
                _intent(),
                Rule(rules.say_photorealistic, "The word photorealistic engages its photographic mode.", OPENAI),
                _light(OPENAI),
                _lens(OPENAI),
            ),
        ),
        "gemini-image": Family(
            "wants a scene told in sentences, never a list of keywords. For a photograph it wants a camera's words: light, "
            "lens, angle. It letters what stands in quotation marks.",
            (
                _quoted(GOOGLE),
                _intent(),
                Rule(rules.say_photorealistic, "Its makers begin a photograph with the word photorealistic.", GOOGLE),
                _light(GOOGLE),
                _lens(GOOGLE),
            ),
        ),
        "imagen": Family(
            "wants subject, context and style in a sentence or two, and for a photograph the word photo with a light and a lens.",
            (
                _quoted(IMAGEN),
                _intent(),
                Rule(rules.say_photograph, "It wants to hear the word photograph.", IMAGEN),
                _light(IMAGEN),
                _lens(IMAGEN),
            ),
        ),
        "flux": Family(
            "wants natural prose: subject, action, style, setting, light, camera, the most important first. It has no "
            "negative prompt: say what is there, not what is missing. It letters what stands in quotation marks.",
            (_quoted(BFL), _intent(), _light(BFL), _lens(BFL)),
        ),
        "ideogram": Family(
            "letters best of all: every text in quotation marks, exactly as spelled, and named early. Then full sentences "
            "on where it stands and how it looks.",
            (
                _denials(IDEOGRAM),
                _quoted(IDEOGRAM),
                Rule(
                    lettering.early,
                    "The words to be drawn come first, because text that is named early is spelled more reliably.",
                    IDEOGRAM,
                    english=False,
                    brief=False,
                ),
                _intent(),
                Rule(rules.draw_flat, "It answers with a drawing, so the shapes are said to be flat and clean.", IDEOGRAM),
            ),
        ),
        "recraft": Family(
            "thinks like a designer: the kind of picture first, then its content, shapes, palette, background and style. It"
            " letters what stands in quotation marks.",
            (
                _denials(RECRAFT),
                _quoted(RECRAFT),
                _intent(),
                Rule(
                    rules.design,
                    "It designs by shapes, colours and background, and the logo named none of what is added.",
                    RECRAFT,
                ),
                Rule(rules.draw_flat, "It answers with a drawing, so the shapes are said to be flat and clean.", RECRAFT),
            ),
        ),
        "stable-image": Family(
            "wants a natural description of subject, medium, style, composition, light and colour. What is not wanted "
            "belongs in the negative prompt.",
            (_denials(STABILITY), _quoted(STABILITY), _intent(), _light(STABILITY), _other_looks(STABILITY)),
        ),
        "stable-diffusion": Family(
            "wants a natural description of subject, medium, style, composition, light and colour. What is not wanted "
            "belongs in the negative prompt, if it takes one.",
            (_denials(STABILITY), _quoted(STABILITY), _intent(), _light(STABILITY), _other_looks(STABILITY)),
        ),
        "sdxl": Family(
            "reads short phrases between commas, the subject first, within about 75 tokens. What is not wanted belongs in "
            "the negative prompt. It spells badly.",
            (
                _denials(SDXL),
                Rule(
                    rules.part_by_commas,
                    "Commas part what were sentences, because it learned from captions in short phrases.",
                    SDXL,
                ),
                _intent(),
                Rule(rules.say_photograph, "It goes by tags, so the look is one.", SDXL),
                _light(SDXL),
                _lens(SDXL),
                _other_looks(SDXL),
                Rule(
                    rules.keep_out_flaws, "The negative prompt keeps out what its pictures often suffer from.", SDXL, brief=False
                ),
            ),
            Voice.TAGS,
        ),
        # Switched off in May 2026, and it rewrote every prompt by itself.
        "dall-e": Family("rewrites every prompt by itself."),
        # Whatever runs on the person's own server: nobody knows which model answers.
        "local": UNKNOWN,
    }
)


def of(name: str) -> Family:
    """The family of this name, or one without rules."""
    return FAMILIES.get(name, UNKNOWN)
