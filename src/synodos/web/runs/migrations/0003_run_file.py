# Files on which the question of a run rests, and where it leads.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('runs', '0002_worker_beat'),
    ]

    operations = [
        migrations.AddField(model_name='run', name='leads_to', field=models.CharField(blank=True, default='', max_length=300), preserve_default=False),
        migrations.CreateModel(
            name='RunFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('content', models.BinaryField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='runs.run')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('run', 'place'), name='one_file_at_a_place')],
            },
        ),
    ]
