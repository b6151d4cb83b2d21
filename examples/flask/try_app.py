"""The application at work: two people, what they write, and who reads whom."""

from app import create_app

client = create_app().test_client()


def post(path, **form):
    response = client.post(path, data=form)
    assert response.status_code < 300, (path, response.status)


for name in "ada", "bob":
    post("/users", username=name, email=f"{name}@example.org", password="secret")
post("/ada/posts", body="Hello")
post("/bob/posts", body="Hello, Ada")
post("/ada/follow/bob")
assert client.get("/bob").json == ["bob: Hello, Ada"]
assert client.get("/ada").json == ["bob: Hello, Ada", "ada: Hello"]
print("the application works")
