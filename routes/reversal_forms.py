"""The shape of what comes in when an acceptance is undone."""

from __future__ import annotations

from routes.forms import ShopForm, words_field


class UndoForm(ShopForm):
    reason = words_field("Why it was wrong", help_text="Kept with it, and read by whoever reviews it.")
    judged_anew = words_field("What is done or looked at again", help_text="Before it is accepted anew.")
