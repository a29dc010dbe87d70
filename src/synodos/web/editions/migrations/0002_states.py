# Drafts, whom an edition is shown to, and editions that were withdrawn.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def show_to_viewers(apps, schema_editor):
    """Until now an edition was shown to those with whose eyes it looks."""
    apps.get_model('editions', 'PublishedEdition').objects.update(shown_to=F('viewer'))


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name='publishededition', name='editions_of_viewer'),
        migrations.AddField(
            model_name='publishededition',
            name='state',
            field=models.CharField(
                choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')],
                default='published',
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name='publishededition',
            name='shown_to',
            field=models.CharField(default='public', max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='publishededition', name='signs', field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(model_name='publishededition', name='withdrawn_on', field=models.DateField(null=True)),
        migrations.AddField(
            model_name='publishededition',
            name='withdrawn_by',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(model_name='publishededition', name='reason', field=models.TextField(blank=True)),
        migrations.RunPython(show_to_viewers, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='publishededition',
            index=models.Index(fields=['shown_to', 'published_by'], name='editions_shown_to'),
        ),
    ]
