"""Every provider the product knows, in the order people see them. One line each."""

from providers.adapters.ideogram import Ideogram
from providers.adapters.openai import OpenAI
from providers.base import Provider

PROVIDERS: tuple[Provider, ...] = (
    OpenAI(),
    Ideogram(),
)
