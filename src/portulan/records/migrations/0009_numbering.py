from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0008_soundness'),
    ]

    operations = [
        migrations.CreateModel(
            name='Numbering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=48, unique=True)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
