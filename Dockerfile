# Production image: dependencies and collected static files are built apart, the result runs as nobody special.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements/base.txt requirements/base.txt
RUN /venv/bin/pip install --require-hashes -r requirements/base.txt
COPY . .
# Only collecting files: none of these values is kept in the image.
RUN DJANGO_SETTINGS_MODULE=marketplace.settings.production STATIC_ROOT=/app/static-collected DATA_DIR=/tmp/data \
    SECRET_KEY=only-for-collecting ALLOWED_HOSTS=localhost DATABASE_URL=sqlite:///:memory: \
    /venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=marketplace.settings.production DATA_DIR=/data STATIC_ROOT=/app/static-collected
RUN useradd --system --uid 10001 --home-dir /app shop && install -d -o shop -g shop /data
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER shop
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s CMD ["python", "scripts/healthy.py"]
CMD ["gunicorn", "marketplace.wsgi:application"]
