"""What statements say of an order, on its buyer's pages: `{% load statements %}`."""

from django import template

from marketplace.reconciliation.short import came_short

register = template.Library()
register.simple_tag(came_short)
