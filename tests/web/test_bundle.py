"""The built files: small, compressed beforehand, kept by browsers for a year."""

import gzip

import pytest
from flask.testing import FlaskClient

from tests.web import dressed
from web import bundle

NAMES = bundle.read_names(bundle.FOLDER)
pytestmark = pytest.mark.skipif(not NAMES, reason="The assets are not built: ./run builds them.")


@pytest.fixture
def client() -> FlaskClient:
    return dressed.app().test_client()


def test_a_built_file_leaves_compressed_and_stays_for_a_year(client: FlaskClient) -> None:
    address = f"/static/dist/{NAMES['app.css']}"
    with client.get(address, headers={"Accept-Encoding": "gzip"}) as packed, client.get(address) as plain:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.headers["Content-Type"] == "text/css; charset=utf-8"
        assert "immutable" in packed.headers["Cache-Control"]
        assert "max-age=31536000" in packed.headers["Cache-Control"]
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(packed.data) == plain.data


def test_nothing_but_built_files_is_served(client: FlaskClient) -> None:
    for name in ("manifest.json", ".stamp", "..%2fbase.html", "nothing.js"):
        assert client.get(f"/static/dist/{name}").status_code == 404


@pytest.mark.parametrize("page", ["work", "form_form_1_reception"])
def test_the_page_of_a_work_item_weighs_little_on_a_weak_line(client: FlaskClient, page: str) -> None:
    html = gzip.compress(client.get(f"/show/{page}").data)
    assets = sum((bundle.FOLDER / f"{NAMES[name]}.gz").stat().st_size for name in ("app.css", "app.js"))
    assert len(html) + assets < 25_000
