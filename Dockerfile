# One image for every process of the product; docker-compose.yml says which command each container runs.
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir --disable-pip-version-check uv
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock .python-version ./
RUN uv sync --locked --no-dev --no-cache

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home proofsheet && mkdir /data && chown proofsheet:proofsheet /data
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY . .
ENV PATH="/app/.venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PROOFSHEET_DATA_DIR=/data STATIC_ROOT=/app/staticfiles DJANGO_SETTINGS_MODULE=workspace.settings
# Static files belong to the version, not to the data; the key is for this one step.
RUN SECRET_KEY=collecting-static-files-needs-no-secret python manage.py collectstatic --noinput --verbosity 0
USER proofsheet
VOLUME /data
EXPOSE 8000
CMD ["uvicorn", "workspace.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--loop", "uvloop", "--http", "httptools", \
     "--lifespan", "off", "--no-access-log", "--timeout-graceful-shutdown", "10"]
