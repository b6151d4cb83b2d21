from flask import Blueprint, request

from app import db
from app.models import Post, User

pages = Blueprint("pages", __name__)


def user(name):
    return db.first_or_404(db.select(User).where(User.username == name))


@pages.post("/users")
def register():
    person = User(username=request.form["username"], email=request.form["email"])
    person.set_password(request.form["password"])
    db.session.add(person)
    db.session.commit()
    return {"id": person.id}, 201


@pages.post("/<name>/posts")
def write(name):
    db.session.add(Post(body=request.form["body"], author=user(name)))
    db.session.commit()
    return "", 204


@pages.post("/<name>/follow/<other>")
def follow(name, other):
    user(name).follow(user(other))
    db.session.commit()
    return "", 204


@pages.get("/<name>")
def timeline(name):
    posts = db.session.scalars(user(name).timeline())
    return [f"{post.author.username}: {post.body}" for post in posts]
