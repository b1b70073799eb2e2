"""Browsers inside other programs: some cannot choose a file, and say nothing when they fail."""

from __future__ import annotations

import re

# the program's own word in its user agent → the name people know it by
PROGRAMS = {
    "MicroMessenger": "WeChat",
    "FBAN": "Facebook",
    "FBAV": "Facebook",
    "Instagram": "Instagram",
    "LinkedInApp": "LinkedIn",
    "Line": "LINE",
    "Snapchat": "Snapchat",
    "BytedanceWebview": "TikTok",
    "musical_ly": "TikTok",
    "DingTalk": "DingTalk",
    "Weibo": "Weibo",
    "QQ": "QQ",
    "Twitter": "X",
    "Pinterest": "Pinterest",
}
WORDS = re.compile(rf"(?:^|[\s;\[(])(?:__)?({'|'.join(PROGRAMS)})(?:/|\b)")


def program_of(user_agent: str) -> str:
    """Return the name of the program whose inner browser this is; nothing for a browser of its own.

    WhatsApp, Telegram and mail programs open the phone's browser, which chooses files as ever.
    """
    found = WORDS.search(user_agent[:1000])
    return PROGRAMS[found[1]] if found else ""
