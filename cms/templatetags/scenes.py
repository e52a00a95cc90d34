"""Drawn landscapes that stand where no picture is chosen: `{% load scenes %}`."""

from django import template
from django.utils.safestring import SafeString

from cms.frames import Scene
from marketplace.look.scenery import scene_img

register = template.Library()


@register.simple_tag
def scene(name: str, alt: str = "", eager: bool = False, css: str = "") -> SafeString:
    """`{% scene page.scene eager=True %}`: the drawing with its own dimensions."""
    return scene_img(Scene(name).value, alt=alt, eager=eager, css=css)
