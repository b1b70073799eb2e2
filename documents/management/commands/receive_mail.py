"""Take in one mail from standard input, for the pipe of a mail server."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from documents.domain import mail_in
from documents.domain.mail_in import MailNotTaken

# what a mail server understands: the mail itself is wrong and bounces, or it shall try again later
WRONG_MAIL, TRY_LATER = 65, 75


class Command(BaseCommand):
    help = "Take in one mail (RFC 5322) from standard input; its files become certificates of the order it answers."

    def handle(self, *args, **options) -> None:
        try:
            taken = mail_in.receive(message=sys.stdin.buffer.read(mail_in.MOST_BYTES + 1))
        except MailNotTaken as refusal:
            raise CommandError(refusal.sentence, returncode=WRONG_MAIL) from refusal
        except (DatabaseError, OSError) as failure:
            raise CommandError(f"Not taken now, try again: {failure}", returncode=TRY_LATER) from failure
        said = "It is here already." if taken.is_known else taken.ignored
        number = f"{taken.arrival.number}: " if taken.arrival else ""
        self.stdout.write(f"{number}{said or ' '.join(taken.sentences)}")
