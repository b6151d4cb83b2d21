"""Prints the models of the application as SQL, as the database at DATABASE_URL has it."""

from sqlalchemy import create_mock_engine

from app import create_app, db

with create_app().app_context():
    dialect = db.engine.dialect
    engine = create_mock_engine(db.engine.url, lambda ddl, *_: print(f"{ddl.compile(dialect=dialect)};"))
    db.metadata.create_all(engine, checkfirst=False)
