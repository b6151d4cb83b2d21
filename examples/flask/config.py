import os

folder = os.path.abspath(os.path.dirname(__file__))

# The drivers of requirements.txt.
DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}


def address():
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/app.db"
    dialect, rest = url.split("://", 1)
    return f"{DRIVERS.get(dialect, dialect)}://{rest}"


class Config:
    SQLALCHEMY_DATABASE_URI = address()
