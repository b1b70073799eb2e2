"""The shape of what is said in a notice, and of why one is dropped."""

from __future__ import annotations

from routes.forms import ShopForm, words_field


class NoticeTextForm(ShopForm):
    text = words_field("What the customer reads", length=10_000)


class NoticeDropForm(ShopForm):
    reason = words_field("Why the proof holds", length=300)


class NoticeSendForm(ShopForm):
    """Nothing but the signature."""
