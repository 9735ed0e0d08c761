"""Every provider the product knows, in the order people see them. One line each."""

from providers.adapters.a1111 import A1111
from providers.adapters.bfl import BlackForestLabs
from providers.adapters.comfyui import ComfyUI
from providers.adapters.fal import Fal
from providers.adapters.gemini import Gemini
from providers.adapters.ideogram import Ideogram
from providers.adapters.local import Local
from providers.adapters.openai import OpenAI
from providers.adapters.recraft import Recraft
from providers.adapters.replicate import Replicate
from providers.adapters.stability import Stability
from providers.base import Provider

PROVIDERS: tuple[Provider, ...] = (
    OpenAI(),
    Ideogram(),
    Recraft(),
    BlackForestLabs(),
    Gemini(),
    Stability(),
    Replicate(),
    Fal(),
    A1111(),
    ComfyUI(),
    Local(),
)
