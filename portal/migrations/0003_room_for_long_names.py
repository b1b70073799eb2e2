from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_guard_evidence")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="actor",
            field=models.CharField(help_text="Printed name and title as they were then.", max_length=250),
        ),
        migrations.AlterField(
            model_name="event",
            name="number",
            field=models.CharField(max_length=160),
        ),
    ]
