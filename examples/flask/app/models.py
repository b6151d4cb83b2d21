from datetime import datetime, timezone

from sqlalchemy import Column, ForeignKey, Identity, Integer, String, Table, select
from sqlalchemy.orm import Mapped, WriteOnlyMapped, aliased, mapped_column, relationship
from werkzeug.security import check_password_hash, generate_password_hash

from app import db


def now():
    return datetime.now(timezone.utc).replace(tzinfo=None)


followers = Table(
    "followers",
    db.metadata,
    Column("follower_id", Integer, ForeignKey("user.id"), primary_key=True),
    Column("followed_id", Integer, ForeignKey("user.id"), primary_key=True),
)


class User(db.Model):
    __tablename__ = "user"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    username: Mapped[str] = mapped_column(String(64), index=True, unique=True)
    email: Mapped[str] = mapped_column(String(120), index=True, unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(256))
    about_me: Mapped[str | None] = mapped_column(String(140))
    last_seen: Mapped[datetime | None] = mapped_column(default=now)

    posts: WriteOnlyMapped["Post"] = relationship(back_populates="author")
    following: WriteOnlyMapped["User"] = relationship(
        secondary=followers,
        primaryjoin=followers.c.follower_id == id,
        secondaryjoin=followers.c.followed_id == id,
        back_populates="followers",
    )
    followers: WriteOnlyMapped["User"] = relationship(
        secondary=followers,
        primaryjoin=followers.c.followed_id == id,
        secondaryjoin=followers.c.follower_id == id,
        back_populates="following",
    )

    def set_password(self, password):
        self.password_hash = generate_password_hash(password)

    def check_password(self, password):
        return check_password_hash(self.password_hash, password)

    def follow(self, user):
        self.following.add(user)

    def timeline(self):
        """Their own posts and those of whom they follow, the newest first."""
        author, follower = aliased(User), aliased(User)
        return (
            select(Post)
            .join(Post.author.of_type(author))
            .join(author.followers.of_type(follower), isouter=True)
            .where((follower.id == self.id) | (author.id == self.id))
            .distinct()
            .order_by(Post.timestamp.desc(), Post.id.desc())
        )


class Post(db.Model):
    __tablename__ = "post"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    body: Mapped[str] = mapped_column(String(140))
    timestamp: Mapped[datetime] = mapped_column(index=True, default=now)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)

    author: Mapped[User] = relationship(back_populates="posts")
